import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { Person } from '../../preload/contract/people'
import { failed, ok, type Result } from '../../preload/contract/result'
import type { SaveFailure } from '../../preload/contract/takes'
import type { Log } from '../log'
import { errorCode, isDiskFull, renameDurably } from '../transcoder/durableFile'
import { messageFileName } from './messageFileName'
import type { MessageFiles } from './messageFiles'
import { findMessage } from './messageStore'
import type { TakeFiles } from './takeFiles'
import { findTake } from './takeStore'

/** What can leave the app as a file of its own. */
export type Exportable = { kind: 'message' | 'take'; id: string }

type ExportFailure = Exclude<SaveFailure, { kind: 'cancelled' }>

export type ExportedFiles = {
  /** What the file would be named; null when there is nothing to save (yet). */
  name(subject: Exportable): string | null
  /** A real file with its real name and date, for a drag; it is gone at the next start. */
  prepare(subject: Exportable): Promise<Result<{ path: string; fileName: string }, ExportFailure>>
  /** Writes to where the person chose; what was there is replaced only by a whole file. */
  saveCopy(subject: Exportable, target: string): Promise<Result<{ fileName: string }, ExportFailure>>
  /** At start: removes what was prepared for drags. */
  sweep(): Promise<void>
}

/** Where the bytes are, and what they are called outside. */
type Origin = { fileName: string; at: number } & ({ path: string } | { text: string })

export function createExportedFiles({
  db,
  folder,
  log,
  files,
  takeFiles,
  person,
}: {
  db: Database
  folder: string
  log: Log
  files: MessageFiles
  takeFiles: TakeFiles
  person(personId: string): Person | null
}): ExportedFiles {
  function originOf({ kind, id }: Exportable): Origin | null {
    return kind === 'take' ? originOfTake(id) : originOfMessage(id)
  }

  function originOfTake(id: string): Origin | null {
    const take = findTake(db, id)
    if (take?.state.phase !== 'ready') return null
    const name = person(take.personId)?.name ?? ''
    const fileName = messageFileName({ kind: take.kind, direction: 'out', person: name, at: take.startedAt })
    return { fileName, at: take.startedAt, path: takeFiles.finishedPath(id, take.kind) }
  }

  function originOfMessage(id: string): Origin | null {
    const message = findMessage(db, id)?.message
    if (!message) return null
    const { content, direction, state, sentAt: at } = message
    const here = direction === 'out' || state.phase === 'unplayed' || state.phase === 'played'
    if (!here) return null
    const name = person(message.personId)?.name ?? ''
    const fileName = messageFileName({ kind: content.kind, direction, person: name, at })
    return content.kind === 'text'
      ? { fileName, at, text: content.text }
      : { fileName, at, path: files.paths(id).file }
  }

  function failureOf(error: unknown): { ok: false; failure: ExportFailure } {
    const code = errorCode(error)
    if (!code) throw error
    log.warn('a file could not be written', { code })
    return failed({ kind: isDiskFull(error) ? 'disk-full' : 'unwritable' })
  }

  return {
    name: (subject) => originOf(subject)?.fileName ?? null,

    async prepare(subject) {
      const origin = originOf(subject)
      if (!origin) return failed({ kind: 'not-ready' })
      const path = join(folder, randomUUID(), origin.fileName)
      try {
        await mkdir(dirname(path), { recursive: true })
        await fill(path, origin)
      } catch (error) {
        return failureOf(error)
      }
      return ok({ path, fileName: origin.fileName })
    },

    async saveCopy(subject, target) {
      const origin = originOf(subject)
      if (!origin) return failed({ kind: 'not-ready' })
      const part = join(dirname(target), `.${randomUUID()}.part`)
      try {
        await fill(part, origin)
        await renameDurably(part, target)
      } catch (error) {
        await rm(part, { force: true })
        return failureOf(error)
      }
      return ok({ fileName: basename(target) })
    },

    async sweep() {
      try {
        await rm(folder, { recursive: true, force: true, maxRetries: 5 })
      } catch (error) {
        // Another program may still hold one open; the next start tries again.
        log.warn('exported files were not all removed', error)
      }
    },
  }
}

/**
 * A clone, which costs no space and no time, where the file system has them, else a copy. Never a hard link: who gets
 * the file may save it in place, and through a link that would change the only one that we have.
 */
async function fill(path: string, origin: Origin): Promise<void> {
  if ('text' in origin) await writeFile(path, origin.text)
  else await copyFile(origin.path, path, constants.COPYFILE_FICLONE)
  const date = new Date(origin.at)
  await utimes(path, date, date)
}
