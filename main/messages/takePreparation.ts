import { readFile, stat, writeFile } from 'node:fs/promises'
import type { Database } from 'better-sqlite3'
import { assertNever } from '../../preload/contract/result'
import { MIN_TAKE_MS, type Take, type TakeProblem } from '../../preload/contract/takes'
import type { Log } from '../log'
import type { FinishedFile, TranscodeFailure, Transcoder } from '../transcoder/transcoder'
import type { TakeFiles } from './takeFiles'
import { deleteTake, findTake, setTakeMeasures, setTakeSize, setTakeState } from './takeStore'

/** What the row keeps of a finished file; after a crash its waveform may be unknown. */
type Finished = Pick<FinishedFile, 'durationMs' | 'width' | 'height'> & { waveform: number[] | null }

export type TakePreparation = {
  /** Makes the finished file from the spool in the background; does nothing while that already runs. */
  start(take: Take): void
  /** Takes a finished, checked file into the row; the spool goes only after that. Null: too short, dropped. */
  settle(take: Take, finished: Finished): Promise<Take | null>
  /** Forgets a take that came to nothing. Row first, files second: a folder without a row is swept at start. */
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

  function run(takeId: string, work: (job: Job) => Promise<void>): void {
    if (jobs.has(takeId)) return
    const job: Job = { stop: new AbortController(), progress: 0, done: Promise.resolve() }
    jobs.set(takeId, job)
    job.done = work(job)
      .catch((error: unknown) => {
        log.error('preparing broke', error)
        fail(takeId, 'ffmpeg-failed')
      })
      .finally(() => jobs.delete(takeId))
  }

  function tell(takeId: string): Take | null {
    const take = findTake(db, takeId)
    if (take) changed(current(take))
    return take
  }

  function fail(takeId: string, problem: TakeProblem): void {
    setTakeState(db, takeId, { phase: 'failed', problem })
    tell(takeId)
  }

  const current = (take: Take): Take => {
    const job = jobs.get(take.id)
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
    fail(take.id, problemOf(prepared.failure.kind))
  }

  /** The recorder usually brings a poster; after a crash it could not. */
  async function makePoster(take: Take): Promise<void> {
    const output = files.posterPath(take.id)
    if (take.kind !== 'video' || (await readFile(output).catch(() => null))) return
    const made = await transcoder.poster({ input: files.finishedPath(take.id, 'video'), output })
    if (made.ok) tell(take.id)
    else log.warn('no poster', made.failure)
  }

  async function drop(takeId: string): Promise<void> {
    if (findTake(db, takeId)) {
      deleteTake(db, takeId)
      removed(takeId)
    }
    await files.remove(takeId)
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
    await measureTake(db, files, take)
    const ready = tell(take.id)
    await files.removeSpool(take.id)
    if (!jobs.has(take.id)) run(take.id, () => makePoster(take))
    else await makePoster(take)
    return ready
  }

  return {
    start(take) {
      setTakeState(db, take.id, { phase: 'preparing', progress: 0 })
      run(take.id, (job) => prepare(take, job))
      tell(take.id)
    },
    settle,
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
