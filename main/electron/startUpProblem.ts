import type { App } from 'electron'
import type { ServicesFailure } from '../services'
import { sayError } from './dialogs'

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

/** For a bug while starting, when there may be no log yet: the one place where its own words are shown. */
export const unexpectedProblem = (bug: unknown): string =>
  `Your calls and messages were left as they are.\n\n${bug instanceof Error ? bug.message : String(bug)}`

/** Says why and ends, so that there is never a running app without a window. */
export async function giveUp(app: App, detail: string): Promise<void> {
  await sayError({ message: "Aftertone can't start.", detail })
  app.exit(1)
}
