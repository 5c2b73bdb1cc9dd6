import type { ServicesFailure } from '../services'

/** Why Aftertone can't start and what to do about it. Nothing was changed on disk in any of these cases. */
export const startUpProblems: Record<ServicesFailure['kind'], string> = {
  'database-from-future':
    'Your calls and messages were saved by a newer version of Aftertone. Install that version to open them. Nothing was changed.',
  'database-corrupt':
    'The file that holds your calls and messages is damaged. It was left as it is. You can put its backup in its place, or move it away to start anew.',
  'database-unwritable':
    "Aftertone can't write to the folder that holds your calls and messages. Check that your disk isn't full and that the folder may be written to.",
  'identity-unreadable':
    "The key by which other people recognise you can't be read. It was left as it is. Check that you are signed in as the user who set Aftertone up.",
}
