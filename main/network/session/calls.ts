import type { Clock } from '../../clock'
import type { Log } from '../../log'
import type { Address, Network } from '../network'
import { graceOf, limitOf } from './callLimits'
import { type CallInput, proposalOf, stepCall } from './callSignalling'
import type { EventQueue } from './eventQueue'
import type { CallPacket, CallReply, Packet, Wire } from './packet'
import { createPastCalls } from './pastCalls'
import type { PeerBook } from './peerBook'
import { usefulSignal } from './sdp'
import { newCall, type SignalledCall } from './signalledCall'

export type Calls = Pick<
  Network,
  'propose' | 'ring' | 'accept' | 'decline' | 'signal' | 'end' | 'recording'
> & {
  heard(from: Address, packet: CallPacket): void
  /** The link to a peer is up, after it was down or for the first time. */
  linked(peer: Address): void
  /** The last link to a peer broke. */
  unlinked(peer: Address): void
  isBusyWith(peer: Address): boolean
  /** Leaves every call, as one does before going away. Resolves when the others were told. */
  leaveAll(): Promise<void>
}

/** Live incoming calls of one peer; more is an attack. */
const MOST_CALLS_OF_A_PEER = 4

/** `unsure`: the link broke, so the last word may not have arrived. */
type Running = { call: SignalledCall; stopLimit: () => void; stopGrace: () => void; unsure: boolean }

/** Runs the calls of one device: gives each what it is told and hears, and carries out what follows. */
export function createCalls({
  wire,
  clock,
  emit,
  peers,
  ourName,
  mayCall,
  log,
}: {
  wire: Wire
  clock: Clock
  emit: EventQueue['emit']
  peers: PeerBook
  ourName: () => string
  /** Whether another call of theirs may ring. */
  mayCall: (from: Address, callId: string) => boolean
  log: Log
}): Calls {
  const running = new Map<string, Running>()
  const past = createPastCalls()

  function begin(call: SignalledCall): void {
    const entry: Running = { call, stopLimit: () => {}, stopGrace: () => {}, unsure: false }
    running.set(call.callId, entry)
    watchLimit(entry)
  }

  function watchLimit(entry: Running): void {
    entry.stopLimit()
    const limit = limitOf(entry.call)
    entry.stopLimit =
      limit === null ? () => {} : clock.after(limit, () => void feed(entry.call.callId, { type: 'overdue' }))
  }

  function drop(entry: Running): void {
    entry.stopLimit()
    entry.stopGrace()
    const { callId, peer, lastWord } = entry.call
    running.delete(callId)
    past.remember(callId, { peer, lastWord })
  }

  /** Returns what was sent, so that leaving can wait for it. */
  function feed(callId: string, input: CallInput): Promise<unknown> {
    const entry = running.get(callId)
    if (!entry) return Promise.resolve()
    const before = entry.call.phase
    const step = stepCall(entry.call, input)
    entry.call = step.call
    for (const event of step.tell) emit(event)
    if (step.call.phase === 'ended') drop(entry)
    else if (ringsOn(before) !== ringsOn(step.call.phase) || step.call.phase === 'active') watchLimit(entry)
    return Promise.all(step.send.map((packet) => post(step.call, packet)))
  }

  async function post(call: SignalledCall, packet: Packet): Promise<void> {
    if (await wire.send(call.peer, packet)) return
    log.info(`could not say ${packet.kind}`, { callId: call.callId })
    // Nobody there to ring: no grace, since the caller waits for the offer to record.
    if (packet.kind === 'propose' && call.phase === 'proposed') void feed(call.callId, { type: 'lost' })
    else awaitLink(call.callId)
  }

  function awaitLink(callId: string): void {
    const entry = running.get(callId)
    if (!entry) return
    entry.stopGrace()
    entry.unsure = true
    entry.stopGrace = clock.after(graceOf(entry.call), () => void feed(callId, { type: 'lost' }))
  }

  const callsOf = (peer: Address): SignalledCall[] =>
    [...running.values()].map((entry) => entry.call).filter((call) => call.peer === peer)

  function hearProposal(from: Address, packet: CallPacket & { kind: 'propose' }): void {
    const { callId, media, ringSeconds } = packet
    if (packet.name) peers.learn(from, { name: packet.name })
    if (packet.accepts) peers.learn(from, { accepts: packet.accepts })
    const theirs = newCall({ callId, peer: from, name: packet.name, direction: 'in', media, ringSeconds })
    const ours = callsOf(from).find((call) => call.direction === 'out' && call.phase !== 'active')
    if (ours && (ours.callId < callId || !ringsOn(ours.phase))) {
      // XEP-0353, tie break: the lower id wins, and this one is ours.
      past.remember(callId, { peer: from, lastWord: tieBreak(callId) })
      void wire.send(from, tieBreak(callId))
      return
    }
    if (ours) {
      yieldTo(ours, theirs)
      return
    }
    for (const call of callsOf(from)) {
      // Whoever calls again is no longer in the call that we still hold.
      if (!ringsOn(call.phase)) void feed(call.callId, { type: 'end', reason: 'hung-up' })
    }
    if (callsOf(from).length >= MOST_CALLS_OF_A_PEER) {
      log.warn('too many calls of one peer; one was left out')
      return
    }
    if (!mayCall(from, callId)) {
      const busy: Packet = { kind: 'reject', callId, reason: 'busy', accepts: null }
      past.remember(callId, { peer: from, lastWord: busy })
      void wire.send(from, busy)
      return
    }
    begin(theirs)
    emit({
      type: 'call',
      callId,
      from,
      name: packet.name,
      media,
      at: clock.now(),
      live: true,
      ringSeconds,
    })
  }

  /** Their call won the tie: it takes the place of ours, and since we want it too, it is accepted at once. */
  function yieldTo(ours: SignalledCall, theirs: SignalledCall): void {
    const entry = running.get(ours.callId)
    if (entry) {
      entry.call = { ...ours, phase: 'ended' }
      drop(entry)
    }
    void wire.send(ours.peer, { kind: 'retract', callId: ours.callId, reason: 'tie-break' })
    emit({ type: 'glare', ours: ours.callId, theirs: { callId: theirs.callId, media: theirs.media } })
    if (!running.has(theirs.callId)) begin(theirs)
    void feed(theirs.callId, { type: 'accept' })
  }

  function heard(from: Address, packet: CallPacket): void {
    if (packet.kind === 'done' || packet.kind === 'unknown-call') {
      // The request's id begins with its call's.
      const call = callsOf(from).find((one) => packet.requestId.startsWith(one.callId))
      if (call) void feed(call.callId, { type: 'heard', packet })
      return
    }
    const { callId } = packet
    const entry = running.get(callId)
    const before = past.find(callId)
    if (entry ? entry.call.peer !== from : before && before.peer !== from) {
      log.warn(`${packet.kind} for somebody else's call was dropped`, { callId })
      return
    }
    if (packet.kind === 'recording') {
      if (entry || before) emit({ type: 'recording', callId, on: packet.on })
      return
    }
    if ((packet.kind === 'ringing' || packet.kind === 'reject') && packet.accepts) {
      peers.learn(from, { accepts: packet.accepts })
    }
    if (entry) {
      const theirs = callsOf(from).find((call) => call.direction === 'in' && ringsOn(call.phase))
      if (packet.kind === 'reject' && packet.reason === 'tie-break' && theirs && ringsOn(entry.call.phase)) {
        yieldTo(entry.call, theirs)
      } else void feed(callId, { type: 'heard', packet })
      return
    }
    if (before) answerPast(from, packet, before.lastWord)
    else if (packet.kind === 'propose') hearProposal(from, packet)
    else hearOfUnknown(from, packet)
  }

  /** Whoever still speaks of a call that is over did not hear our last word. */
  function answerPast(from: Address, packet: CallPacket, lastWord: Packet | null): void {
    if (isLastWord(packet)) {
      if ('requestId' in packet) void wire.send(from, { kind: 'done', requestId: packet.requestId })
    } else if (lastWord) void wire.send(from, lastWord)
    else if ('requestId' in packet) {
      void wire.send(from, { kind: 'unknown-call', requestId: packet.requestId })
    }
  }

  function hearOfUnknown(from: Address, packet: Exclude<CallPacket, CallReply>): void {
    // It may overtake its propose on another link: that must not ring any more.
    if (packet.kind === 'retract') past.remember(packet.callId, { peer: from, lastWord: null })
    else if (packet.kind === 'terminate') {
      void wire.send(from, { kind: 'done', requestId: packet.requestId })
    } else if ('requestId' in packet) {
      void wire.send(from, { kind: 'unknown-call', requestId: packet.requestId })
    } else if (packet.kind === 'proceed') {
      void wire.send(from, { kind: 'finish', callId: packet.callId, reason: 'hung-up' })
    }
  }

  return {
    propose({ callId, to, media, ringSeconds }) {
      const call = newCall({ callId, peer: to, name: ourName(), direction: 'out', media, ringSeconds })
      begin(call)
      void post(call, proposalOf(call))
    },
    ring: (callId, accepts) => void feed(callId, { type: 'ring', accepts }),
    accept(callId) {
      if (running.has(callId)) void feed(callId, { type: 'accept' })
      else if (!past.find(callId)) emit({ type: 'ended', callId, reason: 'failed', accepts: null })
    },
    decline: (callId, reason, accepts) => void feed(callId, { type: 'decline', reason, accepts }),
    signal(callId, signal) {
      const useful = usefulSignal(signal)
      if (useful) void feed(callId, { type: 'signal', signal: useful })
    },
    end: (callId, reason) => void feed(callId, { type: 'end', reason }),
    recording(callId, on) {
      const peer = running.get(callId)?.call.peer ?? past.find(callId)?.peer
      if (peer) void wire.send(peer, { kind: 'recording', callId, on })
    },
    heard,
    linked(peer) {
      for (const entry of [...running.values()]) {
        if (entry.call.peer !== peer || !entry.unsure) continue
        entry.stopGrace()
        entry.unsure = false
        void feed(entry.call.callId, { type: 'linked' })
      }
    },
    unlinked(peer) {
      for (const call of callsOf(peer)) awaitLink(call.callId)
    },
    isBusyWith: (peer) => callsOf(peer).length > 0,
    async leaveAll() {
      const calls = [...running.values()].map((entry) => entry.call)
      await Promise.all(
        calls.map((call) =>
          feed(call.callId, { type: 'end', reason: ringsOn(call.phase) ? 'cancelled' : 'hung-up' }),
        ),
      )
    },
  }
}

const isLastWord = ({ kind }: CallPacket): boolean =>
  kind === 'reject' || kind === 'retract' || kind === 'finish' || kind === 'terminate'
const ringsOn = (phase: SignalledCall['phase']): boolean => phase === 'proposed' || phase === 'ringing'
const tieBreak = (callId: string): Packet => ({ kind: 'reject', callId, reason: 'tie-break', accepts: null })
