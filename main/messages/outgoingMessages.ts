import { stat } from 'node:fs/promises'
import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import type { Handlers, Publish } from '../../preload/contract/channels'
import type { Message, MessageContent, MessageRequests } from '../../preload/contract/messages'
import type { Accepts, Person } from '../../preload/contract/people'
import { failed, ok } from '../../preload/contract/result'
import type { Take, TakeEvents } from '../../preload/contract/takes'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Network, NetworkEvent } from '../network/network'
import { takesKind, takesLength } from '../people/acceptedKinds'
import { findPersonAt } from '../people/peopleStore'
import { errorCode } from '../transcoder/durableFile'
import { isOutOfSpace } from './freeSpace'
import { hashOf, type MessageFiles } from './messageFiles'
import { mayCancel, type OutgoingEvent, outgoingState } from './messageState'
import { deleteMessage, findMessage, insertMessage, outgoingWaiting, setMessageState } from './messageStore'
import { createOutbox } from './outbox'
import { insertEntry } from './outboxStore'
import type { TakeFiles } from './takeFiles'
import { deleteTake, findTake, insertTake, setTakeSize } from './takeStore'
import { createWireDescription } from './wireDescription'

export type Outgoing = {
  handlers: Pick<Handlers<MessageRequests>, 'messages/sendTake' | 'messages/sendNote' | 'messages/cancel'>
  hear(event: NetworkEvent): void
  /** Takes up what was on its way when the app ended. */
  start(): void
  /** Sends a failed message again; any other stays as it is. */
  retry(message: Message): Message
  /** Tells somebody later that we called while they were away. */
  queueMissedCall(call: Call): void
  /** For a take whose file was already on its way to become a message when the app died. */
  bringBack(take: Take): boolean
  sending(): boolean
  /** It was deleted, which may be taken back: it is not sent meanwhile. */
  hold(message: Message): void
  /** It is back: what was on its way goes on. */
  takeUp(message: Message): void
  stop(): Promise<void>
}

/** Sends what was recorded or written, and carries what comes back about it. */
export function createOutgoing(options: {
  db: Database
  clock: Clock
  log: Log
  publish: Publish<TakeEvents>
  network(): Network
  files: MessageFiles
  takeFiles: TakeFiles
  settledTake(takeId: string): Promise<Take | null>
  call(callId: string): Call | undefined
  person(personId: string): Person | null
  acceptsOf(call: Call): Accepts | null
  /** A call's entry in the history changed. */
  changed(callId: string): void
  /** Makes a poster of so many pixels' width from a video; false when that failed. */
  shrinkPoster(input: string, output: string, width: number): Promise<boolean>
}): Outgoing {
  const { db, clock, log, publish, files, takeFiles, changed } = options
  const outbox = createOutbox({
    db,
    clock,
    log,
    network: options.network,
    describe: createWireDescription({ db, files, call: options.call, shrinkPoster: options.shrinkPoster }),
    apply: applyOutgoing,
  })

  function applyOutgoing(messageId: string, event: OutgoingEvent): Message | null {
    const message = findMessage(db, messageId)?.message
    if (message?.direction !== 'out') return null
    const state = outgoingState(message.state, event)
    if (state === 'not-allowed' || (state.phase === 'waiting' && message.state.phase === 'waiting'))
      return message
    setMessageState(db, messageId, state)
    changed(message.callId)
    return { ...message, state }
  }

  const takePaths = (take: Pick<Take, 'id' | 'kind'>) => ({
    file: takeFiles.finishedPath(take.id, take.kind),
    poster: takeFiles.posterPath(take.id),
  })

  /** Row and queue in one transaction; `alsoWrite` is what else changes with them. */
  function keep(message: Message, sha256: string | null, address: string, alsoWrite = () => {}): void {
    db.transaction(() => {
      alsoWrite()
      insertMessage(db, { message, sha256, sender: null, source: null })
      insertEntry(db, entryOf(message, address))
    })()
  }

  function announce(message: Message, address: string): void {
    changed(message.callId)
    outbox.kick(address)
  }

  const entryOf = (message: Message, address: string) => ({
    id: message.id,
    address,
    callId: message.callId,
    messageId: message.id,
    queuedAt: clock.now(),
  })

  const sendTake: Outgoing['handlers']['messages/sendTake'] = async ({ takeId }) => {
    const take = await options.settledTake(takeId)
    const call = take && options.call(take.callId)
    const person = take && options.person(take.personId)
    if (!take || !call || !person) return sentBefore(takeId)
    if (take.state.phase !== 'ready') return failed({ kind: 'not-ready' })
    if (!takesLength(options.acceptsOf(call), take.kind, take.durationMs))
      return failed({ kind: 'not-accepted' })
    const from = takePaths(take)
    const facts = await factsOf(from.file)
    // From here to the row nothing waits, so no second click and no Discard comes between. A message keeps its
    // take's id: a crash after the move is seen at start, and undone.
    if (!findTake(db, takeId)) return sentBefore(takeId)
    if (!facts) return failed({ kind: 'not-ready' })
    try {
      files.adopt(takeId, from)
    } catch (error) {
      return noRoom(error)
    }
    const message: Message = {
      id: takeId,
      callId: take.callId,
      personId: take.personId,
      direction: 'out',
      sentAt: clock.now(),
      content: contentOf(take, facts.size),
      state: { phase: 'waiting' },
      kept: false,
    }
    try {
      keep(message, facts.sha256, person.address, () => deleteTake(db, takeId))
    } catch (error) {
      files.giveBack(takeId, from)
      return noRoom(error)
    }
    publish('takes/removed', { takeId })
    announce(message, person.address)
    await takeFiles.remove(takeId)
    return ok(message)
  }

  /** The one failure that a disk is expected to have; any other is thrown on. */
  function noRoom(error: unknown) {
    if (!isOutOfSpace(error)) throw error
    log.warn('no room to send a take', error)
    return failed({ kind: 'disk-full' as const })
  }

  /** A second click finds the message that the first one made. */
  function sentBefore(takeId: string) {
    const message = findMessage(db, takeId)?.message
    return message?.direction === 'out' ? ok(message) : failed({ kind: 'take-unknown' as const })
  }

  const sendNote: Outgoing['handlers']['messages/sendNote'] = ({ callId, text }) => {
    const call = options.call(callId)
    const person = call && options.person(call.personId)
    if (!person || call.state.phase !== 'ended' || call.state.outcome === 'answered') {
      return failed({ kind: 'call-unknown' })
    }
    if (!takesKind(options.acceptsOf(call), 'text')) return failed({ kind: 'not-accepted' })
    const message: Message = {
      id: crypto.randomUUID(),
      callId,
      personId: person.id,
      direction: 'out',
      sentAt: clock.now(),
      content: { kind: 'text', text },
      state: { phase: 'waiting' },
      kept: false,
    }
    keep(message, null, person.address)
    announce(message, person.address)
    return ok(message)
  }

  const cancel: Outgoing['handlers']['messages/cancel'] = async ({ messageId }) => {
    const before = findMessage(db, messageId)?.message
    if (before?.direction !== 'out') return failed({ kind: 'message-gone' })
    if (mayCancel(before.state)) await outbox.withdraw(messageId)
    const message = findMessage(db, messageId)?.message
    if (!message) return failed({ kind: 'message-gone' })
    if (!mayCancel(message.state)) return failed({ kind: 'already-delivered' })
    const take = takeOf(message)
    db.transaction(() => {
      deleteMessage(db, messageId)
      if (take) insertTake(db, { ...take, mimeType: 'video/mp4' })
      if (take && message.content.kind !== 'text') setTakeSize(db, take.id, message.content.size)
    })()
    // A crash in between leaves a ready take without a file, whose file is found here at start.
    const isBack = !take || giveBackIfRoom(take)
    if (take) publish('takes/changed', take)
    if (isBack) await files.remove(messageId)
    changed(message.callId)
    return ok(null)
  }

  /** False when a full disk has no room for the take's folder; then the next start brings its file back. */
  function giveBackIfRoom(take: Take): boolean {
    try {
      files.giveBack(take.id, takePaths(take))
      return true
    } catch (error) {
      if (!isOutOfSpace(error)) throw error
      log.error('a take did not get its file back', error)
      return false
    }
  }

  function retry(message: Message): Message {
    const address = options.person(message.personId)?.address
    if (message.state.phase !== 'failed' || !address) return message
    const waiting = db.transaction(() => {
      insertEntry(db, entryOf(message, address))
      return applyOutgoing(message.id, { type: 'retry' })
    })()
    outbox.kick(address)
    return waiting ?? message
  }

  function hearReceipt(event: NetworkEvent & { type: 'receipt' }): void {
    const message = findMessage(db, event.id)?.message
    // A receipt counts only from whom it was sent to, wherever they are now.
    if (!message || findPersonAt(db, event.from)?.id !== message.personId) return
    applyOutgoing(
      message.id,
      event.state === 'played' ? { type: 'played', at: clock.now() } : { type: 'received' },
    )
  }

  /** A crash in the middle of an attempt left 'sending', or a message that nothing sends. */
  function queueAgain(message: Message): void {
    const address = options.person(message.personId)?.address
    if (address) insertEntry(db, entryOf(message, address))
    applyOutgoing(message.id, { type: 'interrupted' })
  }

  return {
    handlers: { 'messages/sendTake': sendTake, 'messages/sendNote': sendNote, 'messages/cancel': cancel },
    hear(event) {
      if (event.type === 'receipt') hearReceipt(event)
      outbox.hear(event)
    },
    start() {
      for (const message of outgoingWaiting(db)) queueAgain(message)
    },
    retry,
    queueMissedCall(call) {
      const address = options.person(call.personId)?.address
      if (!address) return
      insertEntry(db, { id: call.id, address, callId: call.id, messageId: null, queuedAt: clock.now() })
      outbox.kick(address)
    },
    bringBack: (take) => !findMessage(db, take.id) && files.giveBack(take.id, takePaths(take)),
    sending: outbox.sending,
    hold(message) {
      if (isOnItsWay(message)) void outbox.withdraw(message.id)
    },
    takeUp(message) {
      if (!isOnItsWay(message)) return
      queueAgain(message)
      const address = options.person(message.personId)?.address
      if (address) outbox.kick(address)
    },
    stop: outbox.stop,
  }
}

const isOnItsWay = ({ direction, state }: Message): boolean =>
  direction === 'out' && (state.phase === 'waiting' || state.phase === 'sending')

/** Null when it cannot be read: discarded or sent a moment ago, or lost. */
async function factsOf(path: string): Promise<{ sha256: string; size: number } | null> {
  try {
    return { sha256: await hashOf(path), size: (await stat(path)).size }
  } catch (error) {
    if (errorCode(error)) return null
    throw error
  }
}

function contentOf(take: Take, size: number): MessageContent {
  const { durationMs } = take
  return take.kind === 'video'
    ? { kind: 'video', durationMs, size, width: take.width ?? 0, height: take.height ?? 0 }
    : { kind: 'audio', durationMs, size, waveform: take.waveform ?? [] }
}

/** The take that a message was made of; null for a note. */
function takeOf(message: Message): Take | null {
  const { content } = message
  if (content.kind === 'text') return null
  return {
    id: message.id,
    callId: message.callId,
    personId: message.personId,
    kind: content.kind,
    startedAt: message.sentAt,
    durationMs: content.durationMs,
    width: content.kind === 'video' ? content.width : null,
    height: content.kind === 'video' ? content.height : null,
    waveform: content.kind === 'audio' ? content.waveform : null,
    state: { phase: 'ready' },
  }
}
