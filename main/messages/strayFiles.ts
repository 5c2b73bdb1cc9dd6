import type { Database } from 'better-sqlite3'
import type { Log } from '../log'
import type { MessageFiles } from './messageFiles'
import { messagesWithFiles } from './messageStore'

/** At start, once takes have their files back: what belongs to no message any more goes. */
export async function removeStrayFiles({
  db,
  files,
  log,
}: {
  db: Database
  files: MessageFiles
  log: Log
}): Promise<void> {
  const known = new Set(messagesWithFiles(db).map(({ message }) => message.id))
  for (const id of await files.list()) {
    if (known.has(id)) continue
    log.warn('removed a message file without a row', { id })
    await files.remove(id).catch((error: unknown) => log.warn('it could not be removed', error))
  }
}
