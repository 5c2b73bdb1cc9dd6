import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { id, type Medium } from '../../preload/contract/ids'
import { failed, ok, type Result } from '../../preload/contract/result'
import type { AppendFailure } from '../../preload/contract/takes'
import type { Log } from '../log'
import { errorCode, isDiskFull, syncFolder } from '../transcoder/durableFile'

/** Largest recording that is kept, in bytes: hours of video, and no way to fill a disk by mistake. */
const LARGEST_SPOOL_BYTES = 1024 ** 3
/** How much of a recording a power cut may take. */
const SYNC_EVERY_MS = 2_000

/** A recording on disk while it grows. What was acknowledged stays, whatever happens afterwards. */
export type Spool = {
  /**
   * Adds one chunk; they must come in order, counted from 0. A refused chunk changes nothing and may be sent again.
   * Rejects on what no caller can expect (a broken disk, a spool that was closed).
   */
  append(
    seq: number,
    bytes: Uint8Array,
  ): Promise<Result<null, Exclude<AppendFailure, { kind: 'take-unknown' }>>>
  /** Resolves when everything is safely on the disk. May be called twice. */
  close(): Promise<void>
}

/** `unwritable`: the folder cannot be written, or this take has a spool already. */
export type OpenSpoolFailure = { kind: 'disk-full' } | { kind: 'unwritable'; detail: string }

/** What a take's folder held at start. */
export type TakeFolder = { takeId: string; spoolBytes: number | null; finished: Medium | null }

export type TakeFiles = {
  /** Creates the take's folder and its empty spool. */
  open(takeId: string): Promise<Result<Spool, OpenSpoolFailure>>
  spoolPath(takeId: string): string
  finishedPath(takeId: string, kind: Medium): string
  posterPath(takeId: string): string
  /** Deletes the spool once the finished file is safe. */
  removeSpool(takeId: string): Promise<void>
  /** Deletes all of a take; fine when there is nothing. */
  remove(takeId: string): Promise<void>
  list(): Promise<TakeFolder[]>
  /** Deletes unfinished files that a crash left; called at start, before any job runs. */
  sweep(): Promise<void>
}

/** The files of takes: `<folder>/<takeId>/{spool, final.mp4 | final.m4a, poster.jpg}`. */
export function createTakeFiles({
  folder,
  log,
  largestSpoolBytes = LARGEST_SPOOL_BYTES,
}: {
  folder: string
  log: Log
  largestSpoolBytes?: number
}): TakeFiles {
  /** Ids name folders, so nothing but an id may become a path. */
  const folderOf = (takeId: string) => join(folder, id.parse(takeId))
  const spoolPath = (takeId: string) => join(folderOf(takeId), 'spool')
  const finishedPath = (takeId: string, kind: Medium) =>
    join(folderOf(takeId), kind === 'video' ? 'final.mp4' : 'final.m4a')

  const takeIds = async () => {
    const names = await readdir(folder).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return []
      throw error
    })
    return names.filter((name) => id.safeParse(name).success)
  }

  return {
    spoolPath,
    finishedPath,
    posterPath: (takeId) => join(folderOf(takeId), 'poster.jpg'),

    async open(takeId) {
      try {
        await mkdir(folder, { recursive: true })
        // Not recursive: that way Node would say ENOENT for a full disk.
        await mkdir(folderOf(takeId)).catch((error: unknown) => {
          if (errorCode(error) !== 'EEXIST') throw error
        })
        const handle = await open(spoolPath(takeId), 'wx')
        await syncFolder(folderOf(takeId))
        await syncFolder(folder)
        return ok(createSpool(handle, largestSpoolBytes, log))
      } catch (error) {
        const code = errorCode(error)
        if (!code) throw error
        log.warn('a spool could not be opened', { takeId, code })
        return failed(isDiskFull(error) ? { kind: 'disk-full' } : { kind: 'unwritable', detail: code })
      }
    },

    removeSpool: (takeId) => rm(spoolPath(takeId), { force: true, maxRetries: 5 }),

    remove: (takeId) => rm(folderOf(takeId), { recursive: true, force: true, maxRetries: 5 }),

    async list() {
      const found: TakeFolder[] = []
      for (const takeId of await takeIds()) {
        const size = async (path: string) => (await stat(path).catch(() => null))?.size ?? null
        const finished =
          (await size(finishedPath(takeId, 'video'))) !== null
            ? 'video'
            : (await size(finishedPath(takeId, 'audio'))) !== null
              ? 'audio'
              : null
        found.push({ takeId, spoolBytes: await size(spoolPath(takeId)), finished })
      }
      return found
    },

    async sweep() {
      for (const takeId of await takeIds()) {
        const names = await readdir(folderOf(takeId)).catch(() => [])
        for (const name of names.filter((each) => each.endsWith('.part'))) {
          log.info('removed an unfinished file', { takeId })
          await rm(join(folderOf(takeId), name), { force: true, maxRetries: 5 })
        }
      }
    },
  }
}

function createSpool(handle: FileHandle, largestBytes: number, log: Log): Spool {
  let expected = 0
  let size = 0
  let syncedAt = performance.now()
  let closing: Promise<void> | null = null
  /** Appends run one after the other, in the order they were asked for. */
  let last: Promise<unknown> = Promise.resolve()

  const appendNow: Spool['append'] = async (seq, bytes) => {
    if (seq !== expected) return failed({ kind: 'out-of-order', expected })
    if (size + bytes.byteLength > largestBytes) return failed({ kind: 'too-long' })
    try {
      // At a position, so that a chunk that is sent again after a half-written try overwrites that half.
      await writeWhole(handle, bytes, size)
      if (performance.now() - syncedAt >= SYNC_EVERY_MS) {
        await handle.datasync()
        syncedAt = performance.now()
      }
    } catch (error) {
      if (!isDiskFull(error)) throw error
      log.warn('the disk is full while recording', { seq, size })
      // The half that fitted is nothing that was acknowledged, and the end of the recording needs the room.
      await handle
        .truncate(size)
        .catch((failure: unknown) => log.error('a spool could not be cut', errorCode(failure)))
      return failed({ kind: 'disk-full' })
    }
    expected += 1
    size += bytes.byteLength
    return ok(null)
  }

  return {
    append(seq, bytes) {
      if (closing) return Promise.reject(new Error('append to a closed spool'))
      const appended = last.then(() => appendNow(seq, bytes))
      last = appended.catch(() => undefined)
      return appended
    },
    close() {
      closing ??= last.then(async () => {
        await handle
          .sync()
          .catch((error: unknown) => log.error('a spool could not be synced', errorCode(error)))
        await handle
          .close()
          .catch((error: unknown) => log.error('a spool could not be closed', errorCode(error)))
      })
      return closing
    },
  }
}

/** One write may take less than it was given, most of all just before the disk is full. */
async function writeWhole(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0
  while (written < bytes.byteLength) {
    const result = await handle.write(bytes, written, bytes.byteLength - written, position + written)
    written += result.bytesWritten
  }
}
