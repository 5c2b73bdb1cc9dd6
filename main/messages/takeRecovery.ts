import { rm } from 'node:fs/promises'
import type { Database } from 'better-sqlite3'
import type { Take } from '../../preload/contract/takes'
import type { Log } from '../log'
import { inspectMedia } from './inspectMedia'
import type { TakeFiles, TakeFolder } from './takeFiles'
import { measureTake, type TakePreparation } from './takePreparation'
import { allTakes } from './takeStore'

export type TakeRecovery = {
  db: Database
  files: TakeFiles
  log: Log
  preparation: TakePreparation
  /** Moves a take's file back that was on its way to become a message; false when there is none. */
  bringBack(take: Take): boolean
}

/** Matches rows and files after a crash at any point. Resolves before long work is done; that goes on by itself. */
export async function recoverTakes(recovery: TakeRecovery): Promise<void> {
  const { db, files, log } = recovery
  await files.sweep()
  const folders = new Map((await files.list()).map((folder) => [folder.takeId, folder]))
  for (const take of allTakes(db)) {
    try {
      await recoverTake(recovery, take, folders.get(take.id) ?? null)
    } catch (error) {
      // One take that the disk does not give back must not keep the app from starting.
      log.error('a take could not be recovered', error)
    }
    folders.delete(take.id)
  }
  for (const takeId of folders.keys()) {
    // Its row goes first when a take is sent or discarded, so a folder without one is a leftover.
    log.warn('removed a take folder without a row', { takeId })
    await files.remove(takeId).catch((error: unknown) => log.warn('it could not be removed', error))
  }
}

async function recoverTake(recovery: TakeRecovery, take: Take, folder: TakeFolder | null): Promise<void> {
  const { db, files, log, preparation, bringBack } = recovery
  const { phase } = take.state
  if (phase === 'ready' && (folder?.finished === take.kind || bringBack(take))) {
    await measureTake(db, files, take)
    return
  }
  // Also of a failed one: what failed may have come after its file, which may be all that is left.
  const finished = await inspectFinished(recovery, take, folder)

  const spooled = (folder?.spoolBytes ?? 0) > 0
  // The waveform of an audio take lies in no file: prepare it again while the spool is there.
  if (finished && (take.kind === 'video' || !spooled)) {
    log.info('a take was finished before the crash', { takeId: take.id })
    await preparation.settle(take, { ...finished, waveform: null })
    return
  }
  if (!spooled) {
    log.warn('nothing was left of a take', { takeId: take.id, phase })
    await preparation.drop(take.id)
    return
  }
  if (phase === 'failed') return
  log.info('preparing a take from its spool', { takeId: take.id, phase })
  await rm(files.finishedPath(take.id, take.kind), { force: true })
  // Its end may be lost, so what the recorder measured says nothing any more.
  preparation.start({ ...take, durationMs: 0 })
}

async function inspectFinished({ files }: TakeRecovery, take: Take, folder: TakeFolder | null) {
  return folder?.finished === take.kind
    ? inspectMedia(files.finishedPath(take.id, take.kind), take.kind)
    : null
}
