import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import type { Handlers, Publish } from '../../preload/contract/channels'
import type { Medium } from '../../preload/contract/ids'
import type { Accepts } from '../../preload/contract/people'
import { failed, ok } from '../../preload/contract/result'
import { MIN_TAKE_MS, type Take, type TakeEvents, type TakeRequests } from '../../preload/contract/takes'
import type { Clock } from '../clock'
import type { Log } from '../log'
import { takesKind } from '../people/acceptedKinds'
import { stopEach } from '../stopEach'
import type { LiveTranscode, Transcoder } from '../transcoder/transcoder'
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
  /** Every begin under way, so that none outlives the database. */
  const opening = new Set<Promise<unknown>>()
  /** Counts the windows that went away: what began for an earlier one has nobody to feed it. */
  let generation = 0
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
    if (stopped) return failed({ kind: 'call-unknown' })
    const id = randomUUID()
    beginning = id
    const opened = open(id, call, kind, mimeType)
    opening.add(opened)
    try {
      return await opened
    } finally {
      opening.delete(opened)
      if (beginning === id) beginning = null
    }
  }

  function giveUpBeginning(): void {
    generation += 1
    beginning = null
  }

  async function open(id: string, call: Call, kind: Medium, mimeType: string) {
    const mine = generation
    if ((await options.freeBytes()) < LEAST_FREE_BYTES) return failed({ kind: 'disk-full' as const })
    // Nobody is left to hear it.
    const abandoned = failed({ kind: 'call-unknown' as const })
    if (mine !== generation) return abandoned
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
    if (mine !== generation) {
      await spool.value.close()
      await preparation.drop(id)
      return abandoned
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

  /** Never rejects: whatever breaks, nothing runs on for the take, and its spool stays for another try. */
  async function close(recording: Recording, measured: Measured | null, poster: Uint8Array | null) {
    const { id, spool, live } = recording
    try {
      return await finishUp(recording, measured, poster)
    } catch (error) {
      log.error('a recording could not be finished', error)
      await stopEach(log, { spool: spool.close, 'the live path': live.cancel })
      recordings.delete(id)
      if (!stopped && !recording.discarded) preparation.fail(id, error)
      const take = findTake(db, id)
      return take && preparation.current(take)
    }
  }

  async function finishUp(recording: Recording, measured: Measured | null, poster: Uint8Array | null) {
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
    if (poster) await keepPosterIfPossible(id, poster)
    const finished = await live.finish()
    recordings.delete(id)
    const take = findTake(db, id)
    if (recording.discarded) return null
    // We are leaving, and the next start finds the spool.
    if (!take || stopped) return take
    if (finished.ok) return preparation.settle(take, finished.value)
    log.warn('the live path failed', finished.failure)
    preparation.start(take)
    return findTake(db, id)
  }

  /** Another is made from the file when this one is missing. */
  async function keepPosterIfPossible(takeId: string, poster: Uint8Array): Promise<void> {
    try {
      if (!(await keepPoster(files.posterPath(takeId), poster))) log.warn('a poster was no JPEG')
    } catch (error) {
      log.warn('a poster was not kept', error)
      // Half of one must not be taken for a whole one.
      await rm(files.posterPath(takeId), { force: true })
    }
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
    // First the row, so that whatever ends meanwhile finds no take to go on with.
    preparation.forget(takeId)
    if (recording) {
      recording.discarded = true
      recording.ended ??= Promise.resolve(null)
      await stopEach(log, { spool: recording.spool.close, 'the live path': recording.live.cancel })
      await recording.ended
      recordings.delete(takeId)
    }
    await preparation.abort(takeId)
    await preparation.drop(takeId)
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
        if (preparation.current(take).state.phase === 'failed') preparation.start({ ...take, durationMs: 0 })
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
      giveUpBeginning()
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
      giveUpBeginning()
      await Promise.allSettled(opening)
      for (const { spool, live, ended } of [...recordings.values()]) {
        await stopEach(log, { spool: spool.close, 'the live path': live.cancel, 'the end': () => ended })
      }
      await preparation.stop()
    },
  }
}
