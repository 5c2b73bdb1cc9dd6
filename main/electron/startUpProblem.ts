import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { type App, shell } from 'electron'
import { assertNever } from '../../preload/contract/result'
import type { ServicesFailure } from '../services'
import { askAfterError, sayError } from './dialogs'

/** `show`: the file to show in its folder, since the person may have to mend something there. */
export type StartUpProblem = { detail: string; show: string | null }

/** Why Aftertone can't start and what to do about it. Nothing was changed on disk in any of these cases. */
export function startUpProblem(
  { kind }: ServicesFailure,
  { file, backup }: { file: string; backup: string },
): StartUpProblem {
  switch (kind) {
    case 'database-from-future':
      return {
        detail:
          'Your calls and messages were saved by a newer version of Aftertone. Install that version to open them. Nothing was changed.',
        show: null,
      }
    case 'database-corrupt':
      return { detail: damaged(file, existsSync(backup) ? backup : null), show: file }
    case 'database-unwritable':
      return {
        detail: `Aftertone can't write to the file that holds your calls and messages, “${basename(file)}” in the folder ${dirname(file)}. Check that your disk isn't full and that the file and its folder may be written to.`,
        show: existsSync(file) ? file : dirname(file),
      }
    case 'identity-unreadable':
      return {
        detail:
          "The key by which other people recognise you can't be read. It was left as it is. Check that you are signed in as the user who set Aftertone up.",
        show: null,
      }
    default:
      return assertNever(kind)
  }
}

function damaged(file: string, backup: string | null): string {
  const name = basename(file)
  // SQLite would play a log that is left over into whatever file has the name.
  const away = `move “${name}” to another folder, and with it “${name}-wal” and “${name}-shm” if they are there`
  const lies = `The file that holds your calls and messages, “${name}”, is damaged. It was left as it is, in the folder ${dirname(file)}.`
  return backup
    ? `${lies}\n\nTo go back to its backup, ${away}, then rename “${basename(backup)}” to “${name}”. To start anew, leave the backup as it is.`
    : `${lies}\n\nThere is no backup yet. To start anew, ${away}.`
}

/** For a bug while starting, when there may be no log yet: the one place where its own words are shown. */
export const unexpectedProblem = (bug: unknown): StartUpProblem => ({
  detail: `Your calls and messages were left as they are.\n\n${bug instanceof Error ? bug.message : String(bug)}`,
  show: null,
})

/** Says why and ends, so that there is never a running app without a window. */
export async function giveUp(app: App, { detail, show }: StartUpProblem): Promise<void> {
  const sentence = { message: "Aftertone can't start.", detail }
  if (show === null) await sayError(sentence)
  // The words stay to be read beside the folder, until they are closed.
  else while (await askAfterError(sentence, 'Show Folder')) shell.showItemInFolder(show)
  app.exit(1)
}
