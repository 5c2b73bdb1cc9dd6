import { readFile, stat, writeFile } from 'node:fs/promises'
import type { Database } from 'better-sqlite3'
import { assertNever } from '../../preload/contract/result'
import { MIN_TAKE_MS, type Take, type TakeProblem } from '../../preload/contract/takes'
import type { Log } from '../log'
import type { FinishedFile, TranscodeFailure, Transcoder } from '../transcoder/transcoder'
import { isOutOfSpace } from './freeSpace'
import type { TakeFiles } from './takeFiles'
import { deleteTake, findTake, setTakeMeasures, setTakeSize, setTakeState } from './takeStore'

/** What the row keeps of a finished file; after a crash its waveform may be unknown. */
type Finished = Pick<FinishedFile, 'durationMs' | 'width' | 'height'> & { waveform: number[] | null }

export type TakePreparation = {
  /** Makes the finished file from the spool in the background; does nothing while that already runs. */
  start(take: Take): void
  /** Takes a finished, checked file into the row; the spool goes only after that. Null: too short, dropped. */
  settle(take: Take, finished: Finished): Promise<Take | null>
  /** What was recorded is kept, for another try. Never throws: the take is told as failed even when its row cannot be. */
  fail(takeId: string, error: unknown): void
  /** Deletes a take's row; false when the disk is too full even for that, which `drop` then sees to. */
  forget(takeId: string): boolean
  /** Forgets a take and its files. */
  drop(takeId: string): Promise<void>
  /** Kills what runs for a take; resolves when it is gone. */
  abort(takeId: string): Promise<void>
  /** With how far its preparation is. */
  current(take: Take): Take
  /** Resolves when nothing runs for this take any more. */
  idle(takeId: string): Promise<void>
  /** Kills every job; the rows stay for the next start. */
  stop(): Promise<void>
}

type Job = { stop: AbortController; progress: number; done: Promise<void> }

/** The second half of a take's life: from what was recorded to the file that can be sent. */
export function createTakePreparation({
  db,
  files,
  transcoder,
  log,
  changed,
  removed,
}: {
  db: Database
  files: TakeFiles
  transcoder: Transcoder
  log: Log
  changed: (take: Take) => void
  removed: (takeId: string) => void
}): TakePreparation {
  const jobs = new Map<string, Job>()
  /** Failures that did not fit on a full disk. Their rows still say what was before, from which a start recovers. */
  const unwritten = new Map<string, TakeProblem>()

  function run(takeId: string, work: (job: Job) => Promise<void>): void {
    if (jobs.has(takeId)) return
    const job: Job = { stop: new AbortController(), progress: 0, done: Promise.resolve() }
    jobs.set(takeId, job)
    job.done = work(job)
      .catch((error: unknown) => {
        log.error('preparing broke', error)
        markFailed(takeId, problemOfError(error))
      })
      .finally(() => jobs.delete(takeId))
  }

  function tell(takeId: string): Take | null {
    const take = findTake(db, takeId)
    if (take) changed(current(take))
    return take
  }

  function markFailed(takeId: string, problem: TakeProblem): void {
    try {
      setTakeState(db, takeId, { phase: 'failed', problem })
    } catch (error) {
      log.error('that a take failed could not be written', error)
      unwritten.set(takeId, problem)
    }
    tell(takeId)
  }

  const current = (take: Take): Take => {
    const job = jobs.get(take.id)
    const problem = unwritten.get(take.id)
    if (problem) return { ...take, state: { phase: 'failed', problem } }
    return job && take.state.phase === 'preparing'
      ? { ...take, state: { phase: 'preparing', progress: job.progress } }
      : take
  }

  async function prepare(take: Take, job: Job): Promise<void> {
    const prepared = await transcoder.prepare({
      kind: take.kind,
      input: files.spoolPath(take.id),
      output: files.finishedPath(take.id, take.kind),
      durationMs: take.durationMs > 0 ? take.durationMs : null,
      progress(fraction) {
        job.progress = fraction
        tell(take.id)
      },
      stop: job.stop.signal,
    })
    if (job.stop.signal.aborted) return
    if (prepared.ok) {
      await settle(take, prepared.value)
      return
    }
    log.warn('a take could not be prepared', prepared.failure)
    markFailed(take.id, problemOf(prepared.failure.kind))
  }

  /** The recorder usually brings a poster; after a crash it could not. A take is as ready without one. */
  async function makePoster(take: Take): Promise<void> {
    try {
      const output = files.posterPath(take.id)
      if (take.kind !== 'video' || (await readFile(output).catch(() => null))) return
      const made = await transcoder.poster({ input: files.finishedPath(take.id, 'video'), output })
      if (made.ok) tell(take.id)
      else log.warn('no poster', made.failure)
    } catch (error) {
      log.error('making a poster broke', error)
    }
  }

  /** Row first, files second: a folder without a row is swept at start. */
  async function drop(takeId: string): Promise<void> {
    const forgotten = forget(takeId)
    await files.remove(takeId)
    // Its own files made room. Should that be taken already, the next start forgets a row without files.
    if (!forgotten && !forget(takeId)) log.error('a take could not be forgotten')
  }

  function forget(takeId: string): boolean {
    if (!findTake(db, takeId)) return true
    try {
      deleteTake(db, takeId)
    } catch (error) {
      // Even a deletion needs room in the database.
      if (isOutOfSpace(error)) return false
      throw error
    }
    unwritten.delete(takeId)
    removed(takeId)
    return true
  }

  async function settle(take: Take, finished: Finished): Promise<Take | null> {
    if (!findTake(db, take.id)) return null
    if (finished.durationMs < MIN_TAKE_MS) {
      await drop(take.id)
      return null
    }
    db.transaction(() => {
      setTakeMeasures(db, take.id, {
        durationMs: finished.durationMs,
        width: finished.width,
        height: finished.height,
        waveform: finished.waveform,
      })
      setTakeState(db, take.id, { phase: 'ready' })
    })()
    unwritten.delete(take.id)
    await measureTake(db, files, take)
    const ready = tell(take.id)
    await files
      .removeSpool(take.id)
      // It goes with the take's folder, when that does.
      .catch((error: unknown) => log.warn('a spool was not removed', error))
    if (!jobs.has(take.id)) run(take.id, () => makePoster(take))
    else await makePoster(take)
    return ready
  }

  return {
    start(take) {
      try {
        setTakeState(db, take.id, { phase: 'preparing', progress: 0 })
      } catch (error) {
        log.error('a take could not be prepared', error)
        markFailed(take.id, problemOfError(error))
        return
      }
      unwritten.delete(take.id)
      run(take.id, (job) => prepare(take, job))
      tell(take.id)
    },
    settle,
    fail: (takeId, error) => markFailed(takeId, problemOfError(error)),
    forget,
    drop,
    async abort(takeId) {
      const job = jobs.get(takeId)
      job?.stop.abort()
      await job?.done
    },
    current,
    idle: async (takeId) => jobs.get(takeId)?.done,
    async stop() {
      const running = [...jobs.values()]
      for (const job of running) job.stop.abort()
      await Promise.all(running.map((job) => job.done))
    },
  }
}

function problemOf(kind: TranscodeFailure['kind']): TakeProblem {
  switch (kind) {
    case 'disk-full':
    case 'ffmpeg-missing':
    case 'not-media':
      return kind
    case 'input-missing':
      return 'not-media'
    case 'ffmpeg-failed':
    case 'output-unwritable':
    case 'cancelled':
    case 'timed-out':
    case 'bad-output':
      return 'ffmpeg-failed'
    default:
      return assertNever(kind)
  }
}

const problemOfError = (error: unknown): TakeProblem => (isOutOfSpace(error) ? 'disk-full' : 'ffmpeg-failed')

/** Notes how large the finished file is; what cannot be read is not counted. */
export async function measureTake(db: Database, files: TakeFiles, take: Take): Promise<void> {
  const finished = await stat(files.finishedPath(take.id, take.kind)).catch(() => null)
  if (finished) setTakeSize(db, take.id, finished.size)
}

/** Keeps a recorder's still picture, if it is the JPEG that it says it is. */
export async function keepPoster(path: string, jpeg: Uint8Array): Promise<boolean> {
  const isJpeg = jpeg[0] === 0xff && jpeg[1] === 0xd8 && jpeg[2] === 0xff
  if (isJpeg) await writeFile(path, jpeg)
  return isJpeg
}
