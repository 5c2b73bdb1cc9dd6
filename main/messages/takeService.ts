import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import type { Handlers, Publish } from '../../preload/contract/channels'
import type { Medium } from '../../preload/contract/ids'
import type { Accepts } from '../../preload/contract/people'
import { failed, ok } from '../../preload/contract/result'
import { MIN_TAKE_MS, type Take, type TakeEvents, type TakeRequests } from '../../preload/contract/takes'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { LiveTranscode, Transcoder } from '../transcoder/transcoder'
import { takesKind } from './acceptedKinds'
import type { Spool, TakeFiles } from './takeFiles'
import { createTakePreparation, keepPoster } from './takePreparation'
import { recoverTakes, type TakeRecovery } from './takeRecovery'
import { allTakes, findTake, insertTake, setTakeMeasures, setTakeState } from './takeStore'

/** Below this a recording would end in the middle: about a minute of video, twice (spool and finished file). */
const LEAST_FREE_BYTES = 64 * 1024 * 1024
const RECORDINGS = /^(video|audio)\/(x-matroska|webm|mp4)(\s*;|$)/i

export type Takes = {
  handlers: Handlers<Omit<TakeRequests, 'takes/saveAs'>>
  /** At start, before anything else: what a crash left becomes a take that can be sent, or is tidied up. */
  recover(): Promise<void>
  /** The window that recorded is gone: its take becomes an unsent one. */
  endOrphans(): Promise<void>
  recording(): boolean
  /** The take, once nothing runs for it. */
  settled(takeId: string): Promise<Take | null>
  /** Stops what runs; recordings are kept in their spool for the next start. */
  stop(): Promise<void>
}

type Recording = {
  id: string
  callId: string
  spool: Spool
  live: LiveTranscode
  ending: boolean
  bytes: number
}
type Measured = { durationMs: number; width: number | null; height: number | null }

/** The recordings that were not sent yet: spooled, prepared, kept until they are sent or discarded. */
export function createTakes(options: {
  db: Database
  clock: Clock
  log: Log
  publish: Publish<TakeEvents>
  files: TakeFiles
  transcoder: Transcoder
  call(callId: string): Call | null
  /** What the called person takes; null: never heard. */
  acceptsOf(call: Call): Accepts | null
  /** Tells the called person that a message is being recorded for this call. */
  hint(callId: string, on: boolean): void
  freeBytes(): Promise<number>
  recovery: Pick<TakeRecovery, 'inspect' | 'bringBack'>
}): Takes {
  const { db, clock, log, publish, files, transcoder } = options
  const recordings = new Map<string, Recording>()
  /** Reserved before the first await, so that two windows cannot both begin. */
  let beginning: string | null = null
  const preparation = createTakePreparation({
    db,
    files,
    transcoder,
    log,
    changed: (take) => publish('takes/changed', take),
    removed: (takeId) => publish('takes/removed', { takeId }),
  })

  const underWay = () =>
    beginning ?? [...recordings.values()].find((recording) => !recording.ending)?.id ?? null

  const begin: Takes['handlers']['takes/begin'] = async ({ callId, kind, mimeType }) => {
    const call = options.call(callId)
    if (call?.state.phase !== 'ended' || call.state.outcome === 'answered')
      return failed({ kind: 'call-unknown' })
    const other = underWay()
    if (other) return failed({ kind: 'already-recording', takeId: other })
    if (!RECORDINGS.test(mimeType)) return failed({ kind: 'unsupported-type' })
    if (!takesKind(options.acceptsOf(call), kind)) return failed({ kind: 'not-accepted' })
    beginning = randomUUID()
    try {
      return await open(beginning, call, kind, mimeType)
    } finally {
      beginning = null
    }
  }

  async function open(id: string, call: Call, kind: Medium, mimeType: string) {
    if ((await options.freeBytes()) < LEAST_FREE_BYTES) return failed({ kind: 'disk-full' as const })
    const take: Take = {
      id,
      callId: call.id,
      personId: call.personId,
      kind,
      startedAt: clock.now(),
      durationMs: 0,
      width: null,
      height: null,
      waveform: null,
      state: { phase: 'recording' },
    }
    insertTake(db, { ...take, mimeType })
    const spool = await files.open(id)
    if (!spool.ok) {
      log.error('no spool', spool.failure)
      await preparation.drop(id)
      return failed({ kind: 'disk-full' as const })
    }
    const live = transcoder.openLive({ kind, mimeType, output: files.finishedPath(id, kind) })
    recordings.set(id, { id, callId: call.id, spool: spool.value, live, ending: false, bytes: 0 })
    options.hint(call.id, true)
    publish('takes/changed', take)
    return ok(take)
  }

  const append: Takes['handlers']['takes/append'] = async ({ takeId, seq, bytes }) => {
    const recording = recordings.get(takeId)
    if (!recording || recording.ending) return failed({ kind: 'take-unknown' })
    const spooled = await recording.spool.append(seq, bytes)
    if (!spooled.ok) return spooled
    // Only what the spool has, so that both ways to the finished file see the same bytes.
    recording.bytes += bytes.byteLength
    recording.live.write(bytes)
    return spooled
  }

  /** Null: nothing worth keeping was recorded, or it was discarded meanwhile. */
  async function end(recording: Recording, measured: Measured | null, poster: Uint8Array | null) {
    recording.ending = true
    options.hint(recording.callId, false)
    setTakeState(db, recording.id, { phase: 'preparing', progress: 0 })
    if (measured) setTakeMeasures(db, recording.id, { ...measured, waveform: null })
    await recording.spool.close()
    if (recording.bytes === 0 || (measured && measured.durationMs < MIN_TAKE_MS)) {
      await discard(recording.id)
      return null
    }
    if (poster && !(await keepPoster(files.posterPath(recording.id), poster)))
      log.warn('a poster was no JPEG')
    const finished = await recording.live.finish()
    recordings.delete(recording.id)
    const take = findTake(db, recording.id)
    if (!take) return null
    if (finished.ok) return preparation.settle(take, finished.value)
    log.warn('the live path failed', finished.failure)
    preparation.start(take)
    return preparation.current({ ...take, state: { phase: 'preparing', progress: 0 } })
  }

  const finish: Takes['handlers']['takes/finish'] = async ({ takeId, poster, ...measured }) => {
    const recording = recordings.get(takeId)
    if (!recording || recording.ending) {
      const take = findTake(db, takeId)
      return take ? ok(preparation.current(take)) : failed({ kind: 'take-unknown' })
    }
    const take = await end(recording, measured, poster)
    return take ? ok(take) : failed({ kind: 'too-short' })
  }

  async function discard(takeId: string): Promise<void> {
    const recording = recordings.get(takeId)
    if (recording) {
      if (!recording.ending) options.hint(recording.callId, false)
      recording.ending = true
      await Promise.all([recording.spool.close(), recording.live.cancel()])
      recordings.delete(takeId)
    }
    if (findTake(db, takeId)) await preparation.drop(takeId)
  }

  return {
    handlers: {
      'takes/begin': begin,
      'takes/append': append,
      'takes/finish': finish,
      'takes/prepareAgain': ({ takeId }) => {
        const take = findTake(db, takeId)
        if (!take) return failed({ kind: 'take-unknown' })
        if (take.state.phase === 'failed') preparation.start(take)
        return ok(preparation.current(findTake(db, takeId) ?? take))
      },
      'takes/discard': async ({ takeId }) => {
        await discard(takeId)
        return null
      },
      'takes/unsent': () =>
        allTakes(db)
          .filter((take) => !recordings.has(take.id))
          .map(preparation.current),
    },
    recover: () => recoverTakes({ db, files, log, preparation, ...options.recovery }),
    async endOrphans() {
      const orphans = [...recordings.values()].filter((recording) => !recording.ending)
      await Promise.all(orphans.map((recording) => end(recording, null, null)))
    },
    recording: () => underWay() !== null,
    async settled(takeId) {
      await preparation.idle(takeId)
      return findTake(db, takeId)
    },
    async stop() {
      await Promise.all(
        [...recordings.values()].map((recording) => {
          recording.ending = true
          return Promise.all([recording.spool.close(), recording.live.cancel()])
        }),
      )
      await preparation.stop()
    },
  }
}
