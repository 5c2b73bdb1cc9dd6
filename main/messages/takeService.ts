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
import { allTakes, deleteTake, findTake, insertTake, setTakeMeasures, setTakeState } from './takeStore'

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
  bytes: number
  /** Once it is being ended; null: nothing worth keeping. */
  ended: Promise<Take | null> | null
  discarded: boolean
  /** Some of it did not fit, so it is shorter than what the recorder measured. */
  cut: boolean
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
  call(callId: string): Call | undefined
  /** What the called person takes; null: never heard. */
  acceptsOf(call: Call): Accepts | null
  /** Tells the called person that a message is being recorded for this call. */
  hint(callId: string, on: boolean): void
  freeBytes(): Promise<number>
  bringBack: TakeRecovery['bringBack']
}): Takes {
  const { db, clock, log, publish, files, transcoder } = options
  const recordings = new Map<string, Recording>()
  /** Reserved before the first await, so that two windows cannot both begin. */
  let beginning: string | null = null
  let stopped = false
  const preparation = createTakePreparation({
    db,
    files,
    transcoder,
    log,
    changed: (take) => publish('takes/changed', take),
    removed: (takeId) => publish('takes/removed', { takeId }),
  })

  const underWay = () =>
    beginning ?? [...recordings.values()].find((recording) => !recording.ended)?.id ?? null

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
    recordings.set(id, {
      id,
      callId: call.id,
      spool: spool.value,
      live,
      bytes: 0,
      ended: null,
      discarded: false,
      cut: false,
    })
    options.hint(call.id, true)
    publish('takes/changed', take)
    return ok(take)
  }

  const append: Takes['handlers']['takes/append'] = async ({ takeId, seq, bytes }) => {
    const recording = recordings.get(takeId)
    if (!recording || recording.ended) return failed({ kind: 'take-unknown' })
    const spooled = await recording.spool.append(seq, bytes)
    if (!spooled.ok) {
      recording.cut ||= spooled.failure.kind !== 'out-of-order'
      return spooled
    }
    // Only what the spool has, so that both ways to the finished file see the same bytes.
    recording.bytes += bytes.byteLength
    recording.live.write(bytes)
    return spooled
  }

  function end(recording: Recording, measured: Measured | null, poster: Uint8Array | null) {
    options.hint(recording.callId, false)
    recording.ended = close(recording, measured, poster)
    return recording.ended
  }

  async function close(recording: Recording, measured: Measured | null, poster: Uint8Array | null) {
    const { id, spool, live } = recording
    setTakeState(db, id, { phase: 'preparing', progress: 0 })
    if (measured) {
      const durationMs = recording.cut ? 0 : measured.durationMs
      setTakeMeasures(db, id, { ...measured, durationMs, waveform: null })
    }
    await spool.close()
    if (recording.bytes === 0 || (measured && measured.durationMs < MIN_TAKE_MS)) {
      await live.cancel()
      recordings.delete(id)
      await preparation.drop(id)
      return null
    }
    if (poster && !(await keepPoster(files.posterPath(id), poster))) log.warn('a poster was no JPEG')
    const finished = await live.finish()
    recordings.delete(id)
    const take = findTake(db, id)
    // Discarded meanwhile; or we are leaving, and the next start finds the spool.
    if (!take || stopped) return take
    if (finished.ok) return preparation.settle(take, finished.value)
    log.warn('the live path failed', finished.failure)
    preparation.start(take)
    return findTake(db, id)
  }

  const finish: Takes['handlers']['takes/finish'] = async ({ takeId, poster, ...measured }) => {
    const recording = recordings.get(takeId)
    if (!recording) {
      const take = findTake(db, takeId)
      return take ? ok(preparation.current(take)) : failed({ kind: 'take-unknown' })
    }
    const take = await (recording.ended ?? end(recording, measured, poster))
    if (take) return ok(preparation.current(take))
    return failed({ kind: recording.discarded ? 'take-unknown' : 'too-short' })
  }

  async function discard(takeId: string): Promise<void> {
    const recording = recordings.get(takeId)
    if (recording && !recording.ended) options.hint(recording.callId, false)
    if (findTake(db, takeId)) {
      deleteTake(db, takeId)
      publish('takes/removed', { takeId })
    }
    if (recording) {
      recording.discarded = true
      recording.ended ??= Promise.resolve(null)
      await recording.spool.close()
      await recording.live.cancel()
      await recording.ended
      recordings.delete(takeId)
    }
    await preparation.abort(takeId)
    await files.remove(takeId)
  }

  return {
    handlers: {
      'takes/begin': begin,
      'takes/append': append,
      'takes/finish': finish,
      'takes/prepareAgain': ({ takeId }) => {
        const take = findTake(db, takeId)
        if (!take) return failed({ kind: 'take-unknown' })
        // What is there counts now, whatever the recorder measured.
        if (take.state.phase === 'failed') preparation.start({ ...take, durationMs: 0 })
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
    recover: () => recoverTakes({ db, files, log, preparation, bringBack: options.bringBack }),
    async endOrphans() {
      await Promise.all(
        [...recordings.values()].map((recording) => recording.ended ?? end(recording, null, null)),
      )
    },
    recording: () => underWay() !== null,
    async settled(takeId) {
      await preparation.idle(takeId)
      return findTake(db, takeId)
    },
    async stop() {
      stopped = true
      for (const { spool, live, ended } of recordings.values()) {
        await spool.close()
        await live.cancel()
        await ended
      }
      await preparation.stop()
    },
  }
}
