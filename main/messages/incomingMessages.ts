import { existsSync, rmSync, writeFileSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import { id as uuid } from '../../preload/contract/ids'
import { MAX_NOTE_LENGTH, type Message, type MessageContent } from '../../preload/contract/messages'
import type { Person } from '../../preload/contract/people'
import type { Settings } from '../../preload/contract/settings'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Arrival, MediaFile, Network, NetworkEvent } from '../network/network'
import type { MessageWish } from '../people/reach'
import type { ReachRules } from '../people/reachRules'
import { createFileFetching } from './fileFetching'
import { senderOfRemoved } from './keepStore'
import type { MessageFiles } from './messageFiles'
import { type IncomingEvent, incomingState } from './messageState'
import {
  deleteMessage,
  findMessage,
  insertMessage,
  owedReceipts,
  type StoredMessage,
  setMessageState,
  setReceiptOwed,
  setSource,
  unfinishedIncoming,
} from './messageStore'
import { LARGEST_WIRE_POSTER_BYTES } from './wireDescription'

/** More than the longest video needs; whoever announces more is not one of us. */
const LARGEST_FILE_BYTES = 512 * 1024 * 1024

export type Incoming = {
  hear(event: NetworkEvent): void
  /** Takes up what a crash, or a full disk, left in the middle. */
  start(): void
  /** Fetches a failed message again. */
  retry(message: Message): Message
  markPlayed(message: Message): Message
  /** It was deleted and is back. */
  takeUp(message: Message): void
  /** It is deleted: resolves when nothing is fetched for it any more. */
  forget(messageId: string): Promise<void>
  stop(): Promise<void>
}

export type IncomingOptions = {
  db: Database
  clock: Clock
  log: Log
  network(): Network
  files: MessageFiles
  settings: { get(): Settings }
  personAt(address: string): Person | null
  reach: Pick<ReachRules, 'ofMessage' | 'fits'>
  /** A stranger's message is not taken yet: it waits for an answer of ours. */
  keepRequest(arrival: Arrival): void
  call(callId: string): Call | undefined
  /** A message answers a call that we never heard of: it was missed while we were away. */
  missedBefore(call: { callId: string; from: Person; media: Call['media']; at: number }): void
  /** A call's entry in the history changed. */
  changed(callId: string): void
  /** A message is here to be played: said once. */
  notify(callId: string): void
  freeBytes(): Promise<number>
}

/** What others leave for us: policy first, then the file, then the notification. */
export function createIncoming(options: IncomingOptions): Incoming {
  const { db, clock, log, network, files } = options
  const reachable = new Set<string>()
  const fetching = createFileFetching({ ...options, isReachable, apply, arrived, gone })

  function isReachable(address: string): boolean {
    return network()
      .peers()
      .some((peer) => peer.address === address && peer.reachable)
  }

  function apply(messageId: string, event: IncomingEvent): Message | null {
    const message = findMessage(db, messageId)?.message
    if (message?.direction !== 'in') return null
    const state = incomingState(message.state, event)
    if (state === 'not-allowed') return message
    setMessageState(db, messageId, state)
    options.changed(message.callId)
    return { ...message, state }
  }

  function arrived({ message, sender }: StoredMessage): void {
    if (apply(message.id, { type: 'fetched' })?.state.phase !== 'unplayed') return
    if (sender) network().acknowledge({ id: message.id, from: sender }, 'received')
    options.notify(message.callId)
  }

  /**
   * A message that was taken back before it was here is none; the call stays. What was fetched of it is left for a
   * sender who only started anew and offers it again; otherwise the next start clears it away.
   */
  function gone(messageId: string): void {
    const message = findMessage(db, messageId)?.message
    if (message?.direction !== 'in' || message.state.phase !== 'fetching') return
    deleteMessage(db, messageId)
    options.changed(message.callId)
    rmSync(files.paths(messageId).poster, { force: true })
  }

  function hearArrival(arrival: Arrival): void {
    const known = findMessage(db, arrival.id)
    if (known) {
      hearAgain(known, arrival)
      return
    }
    const removedFrom = senderOfRemoved(db, arrival.id)
    if (removedFrom !== undefined) {
      // It was here, was played and kept long enough: taken for good, and never again.
      network().acknowledge(arrival, removedFrom === arrival.from ? 'received' : 'refused')
      return
    }
    const wish = isWellFormed(arrival) ? wishOf(arrival) : null
    // The rule that counts: whatever they were told before, this is what we take now.
    const reach = wish ? options.reach.ofMessage(arrival.from, wish) : 'refuse'
    if (reach === 'request') {
      options.keepRequest(arrival)
      return
    }
    // Who is blocked hears as much of it as a stranger: nothing.
    if (reach === 'refuse' && wish && options.reach.fits(arrival.from, wish)) return
    const person = reach === 'take' ? options.personAt(arrival.from) : null
    const call = person && callFor(arrival, person)
    if (!person || !call) {
      log.info('refused a message', { kind: arrival.kind })
      network().acknowledge(arrival, 'refused')
      return
    }
    const message: Message = {
      id: arrival.id,
      callId: call.id,
      personId: person.id,
      direction: 'in',
      sentAt: Math.min(arrival.sentAt, clock.now()),
      content: contentOf(arrival),
      state: arrival.kind === 'note' ? { phase: 'unplayed' } : { phase: 'fetching', progress: 0 },
      kept: false,
    }
    const isFile = arrival.kind === 'file'
    if (isFile) keepPoster(arrival.id, arrival.file.poster)
    insertMessage(db, {
      message,
      sha256: isFile ? arrival.file.sha256 : null,
      sender: arrival.from,
      source: isFile ? arrival.source : null,
    })
    options.changed(call.id)
    if (isFile) {
      fetching.start(message.id)
      return
    }
    network().acknowledge(arrival, 'received')
    options.notify(call.id)
  }

  /** Null for a call with somebody else, which nobody but them may answer. */
  function callFor(arrival: Arrival, person: Person): Call | null {
    const { callId, sentAt: at } = arrival
    if (!options.call(callId)) {
      const media = arrival.kind === 'file' ? arrival.file.kind : 'audio'
      options.missedBefore({ callId, from: person, media, at })
    }
    const call = options.call(callId)
    return call?.personId === person.id ? call : null
  }

  /** Sent again: our answer got lost, or the file lies somewhere else now. */
  function hearAgain({ message, sender, sha256 }: StoredMessage, arrival: Arrival): void {
    const same = arrival.kind === 'note' || arrival.file.sha256 === sha256
    if (message.direction !== 'in' || sender !== arrival.from || !same) {
      network().acknowledge(arrival, 'refused')
      return
    }
    if (message.state.phase === 'unplayed' || message.state.phase === 'played') {
      network().acknowledge(arrival, 'received')
      if (message.state.phase === 'played') tellPlayed(message.id, arrival.from)
      return
    }
    if (arrival.kind !== 'file') return
    setSource(db, message.id, arrival.source)
    apply(message.id, { type: 'retry' })
    fetching.restart(message.id)
  }

  function keepPoster(messageId: string, poster: MediaFile['poster']): void {
    const isJpeg = poster?.[0] === 0xff && poster[1] === 0xd8 && poster[2] === 0xff
    if (!poster || !isJpeg || poster.byteLength > LARGEST_WIRE_POSTER_BYTES) return
    try {
      writeFileSync(files.paths(messageId).poster, poster)
    } catch (error) {
      // A full disk shows at the file itself; the poster is only its decoration.
      log.warn('a poster was not kept', error)
    }
  }

  function tellPlayed(messageId: string, sender: string): void {
    if (!options.settings.get().playedReceipts || options.personAt(sender)?.blocked) return
    const there = isReachable(sender)
    setReceiptOwed(db, messageId, !there)
    if (there) network().acknowledge({ id: messageId, from: sender }, 'played')
  }

  function hearPeer(address: string, isReachable: boolean): void {
    const appeared = isReachable && !reachable.has(address)
    if (isReachable) reachable.add(address)
    else reachable.delete(address)
    if (!appeared) return
    for (const messageId of owedReceipts(db, address)) tellPlayed(messageId, address)
    for (const { message, sender } of unfinishedIncoming(db)) {
      if (sender === address && message.state.phase === 'fetching') fetching.start(message.id)
    }
  }

  return {
    hear(event) {
      if (event.type === 'arrival') hearArrival(event.arrival)
      else if (event.type === 'peer') hearPeer(event.peer.address, event.peer.reachable)
    },
    start() {
      for (const { message } of unfinishedIncoming(db)) {
        if (message.state.phase === 'failed') apply(message.id, { type: 'retry' })
        // Their sender is not heard yet; only what is here already goes on without them.
        if (existsSync(files.paths(message.id).file)) fetching.start(message.id)
      }
    },
    retry(message) {
      const next = apply(message.id, { type: 'retry' }) ?? message
      if (next.state.phase === 'fetching') fetching.start(message.id)
      return next
    },
    markPlayed(message) {
      const next = apply(message.id, { type: 'played', at: clock.now() }) ?? message
      const sender = findMessage(db, message.id)?.sender
      if (next !== message && next.state.phase === 'played' && sender) tellPlayed(message.id, sender)
      return next
    },
    takeUp({ id, state }) {
      if (state.phase === 'fetching') fetching.start(id)
    },
    forget: fetching.end,
    stop: fetching.stop,
  }
}

function isWellFormed(arrival: Arrival): boolean {
  if (!uuid.safeParse(arrival.id).success || !uuid.safeParse(arrival.callId).success) return false
  if (arrival.kind === 'note') return arrival.text.length <= MAX_NOTE_LENGTH
  return arrival.file.size > 0 && arrival.file.size <= LARGEST_FILE_BYTES
}

const wishOf = (arrival: Arrival): MessageWish =>
  arrival.kind === 'note'
    ? { kind: 'text' }
    : { kind: arrival.file.kind, durationMs: arrival.file.durationMs }

function contentOf(arrival: Arrival): MessageContent {
  if (arrival.kind === 'note') return { kind: 'text', text: arrival.text }
  const { kind, size, width, height, waveform } = arrival.file
  const durationMs = Math.round(arrival.file.durationMs)
  return kind === 'video'
    ? { kind, durationMs, size, width: width ?? 0, height: height ?? 0 }
    : { kind, durationMs, size, waveform: waveform ?? [] }
}
