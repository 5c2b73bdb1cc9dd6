import { existsSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import type { Database } from 'better-sqlite3'
import { assertNever } from '../../preload/contract/result'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Address, Arrival, FetchFailure, MediaFile, Network } from '../network/network'
import { renameDurably } from '../transcoder/durableFile'
import { inspectMedia } from './inspectMedia'
import { hashOf, type MessageFiles } from './messageFiles'
import type { IncomingEvent } from './messageState'
import { findMessage, type StoredMessage } from './messageStore'
import { throttled } from './progressThrottle'

/** Left over for the database and everything else on the disk. */
const SPARE_BYTES = 16 * 1024 * 1024
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000

export type FileFetching = {
  /** Does nothing while it already runs. */
  start(messageId: string): void
  /** From the source that the row names now. */
  restart(messageId: string): void
  /** Resolves when nothing runs for it any more. */
  end(messageId: string): Promise<void>
  stop(): Promise<void>
}

/** Brings the files of incoming messages here: fetched with resume, checked, renamed into place. */
export function createFileFetching(options: {
  db: Database
  clock: Clock
  log: Log
  network(): Network
  files: MessageFiles
  freeBytes(): Promise<number>
  isReachable(address: Address): boolean
  apply(messageId: string, event: IncomingEvent): void
  /** The file is here, and it is what was announced. */
  arrived(stored: StoredMessage): void
  /** Its sender has it no more: taken back, or offered anew in a moment. */
  gone(messageId: string): void
}): FileFetching {
  const { db, clock, log, network, files, freeBytes, apply, arrived } = options
  const running = new Map<string, { stop: AbortController; done: Promise<void> }>()
  /** Transfers that broke while their sender stayed reachable, how often, and the timer for the next try. */
  const broken = new Map<string, { failures: number; cancel: () => void }>()
  let stopped = false

  function start(messageId: string): void {
    if (running.has(messageId) || stopped) return
    broken.get(messageId)?.cancel()
    const stop = new AbortController()
    const done = bring(messageId, stop.signal)
      .catch((error: unknown) => log.error('fetching broke', error))
      .finally(() => running.delete(messageId))
    running.set(messageId, { stop, done })
  }

  async function bring(messageId: string, stop: AbortSignal): Promise<void> {
    const stored = findMessage(db, messageId)
    const arrival = stored && arrivalOf(stored)
    if (stored?.message.state.phase !== 'fetching' || !arrival) return
    const path = files.paths(messageId).file
    // The app died between the rename and the row.
    if (existsSync(path) && (await hashOf(path)) === arrival.file.sha256) {
      arrived(stored)
      return
    }
    const part = files.part(messageId)
    const missing = arrival.file.size - ((await stat(part).catch(() => null))?.size ?? 0)
    if ((await freeBytes()) < missing + SPARE_BYTES) {
      apply(messageId, { type: 'failed', problem: 'disk-full' })
      return
    }
    const report = throttled(clock, (fraction) => apply(messageId, { type: 'progress', fraction }))
    const progress = (bytes: number) => {
      if (stop.aborted) return
      broken.delete(messageId)
      report(bytes / arrival.file.size)
    }
    const fetched = await network().fetch(arrival, part, progress, stop)
    if (stop.aborted) return
    if (!fetched.ok) {
      await fail(arrival, fetched.failure)
    } else if (await isAsAnnounced(part, arrival.file)) {
      await renameDurably(part, path)
      arrived(stored)
    } else {
      await fail(arrival, { kind: 'damaged' })
    }
  }

  function tryAgainLater(messageId: string): void {
    const failures = broken.get(messageId)?.failures ?? 0
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures)
    broken.set(messageId, { failures: failures + 1, cancel: clock.after(pause, () => start(messageId)) })
  }

  async function isAsAnnounced(path: string, announced: MediaFile): Promise<boolean> {
    const facts = await inspectMedia(path, announced.kind)
    if (!facts) return false
    const off = Math.abs(facts.durationMs - announced.durationMs)
    return facts.size === announced.size && off <= Math.max(1_000, announced.durationMs * 0.05)
  }

  async function fail(arrival: Arrival & { kind: 'file' }, failure: FetchFailure): Promise<void> {
    log.info('a file was not fetched', { kind: failure.kind })
    switch (failure.kind) {
      case 'unreachable':
      case 'interrupted':
        // Otherwise it goes on where it ended when they are back.
        if (options.isReachable(arrival.from)) tryAgainLater(arrival.id)
        return
      case 'cancelled':
        return
      case 'gone':
        options.gone(arrival.id)
        return
      case 'disk-full':
        apply(arrival.id, { type: 'failed', problem: 'disk-full' })
        return
      case 'damaged':
        await rm(files.part(arrival.id), { force: true })
        network().acknowledge(arrival, 'damaged')
        apply(arrival.id, { type: 'failed', problem: 'damaged' })
        return
      default:
        assertNever(failure)
    }
  }

  return {
    start,
    restart(messageId) {
      const before = running.get(messageId)
      before?.stop.abort()
      if (before) void before.done.then(() => start(messageId))
      else start(messageId)
    },
    async end(messageId) {
      broken.get(messageId)?.cancel()
      broken.delete(messageId)
      const fetching = running.get(messageId)
      fetching?.stop.abort()
      await fetching?.done
    },
    async stop() {
      stopped = true
      for (const { cancel } of broken.values()) cancel()
      for (const { stop } of running.values()) stop.abort()
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}

/** What was announced, as the row remembers it. */
function arrivalOf({ message, sha256, sender, source }: StoredMessage): (Arrival & { kind: 'file' }) | null {
  const { id, callId, sentAt, content } = message
  if (content.kind === 'text' || !sha256 || !sender || !source) return null
  const { size, durationMs } = content
  const video = content.kind === 'video' ? content : null
  const file: MediaFile = {
    kind: content.kind,
    mimeType: content.kind === 'video' ? 'video/mp4' : 'audio/mp4',
    size,
    sha256,
    durationMs,
    width: video?.width ?? null,
    height: video?.height ?? null,
    poster: null,
    waveform: content.kind === 'audio' ? content.waveform : null,
  }
  return { id, from: sender, callId, sentAt, kind: 'file', file, source }
}
