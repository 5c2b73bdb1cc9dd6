import type { Signal } from '../../../preload/contract/calls'
import type { NetworkEvent } from '../network'
import type { CallPacket, Packet } from './packet'
import { credentialsOf, mediaOf, setupOf, withCredentials } from './sdp'
import { nextRequest, releaseHeld, type SignalledCall, type Step, stay } from './signalledCall'

type Heard<Kind extends CallPacket['kind']> = Extract<CallPacket, { kind: Kind }>

/** A peer gathers a handful; more before a description is somebody filling our memory. */
const MOST_EARLY_CANDIDATES = 100

/**
 * Our peer connection described itself: the first offer or answer opens the session, a later one can only be
 * an ICE restart, since both transceivers are there from the start.
 */
export function describe(call: SignalledCall, signal: Signal & { kind: 'description' }): Step {
  const { callId, direction } = call
  const next = nextRequest(call)
  const exchange = { ...next.call.exchange, local: signal.sdp, ours: credentialsOf(signal.sdp) }
  const request = { callId, requestId: next.requestId }
  if (call.phase === 'connecting' && direction === 'out' && signal.type === 'offer') {
    return andMuted({
      call: { ...call, phase: 'initiated', exchange: { ...exchange, awaiting: next.requestId } },
      send: [{ kind: 'initiate', ...request, sdp: signal.sdp }],
      tell: [],
    })
  }
  if (call.phase === 'initiated' && direction === 'in' && signal.type === 'answer') {
    return andMuted({
      call: {
        ...call,
        phase: 'active',
        exchange: { ...exchange, theirSetup: setupOf(signal.sdp) === 'active' ? 'passive' : 'active' },
      },
      send: [{ kind: 'answer', ...request, sdp: signal.sdp }],
      tell: [],
    })
  }
  if (call.phase !== 'active') return stay(call)
  return {
    call: { ...call, exchange: { ...exchange, restarting: signal.type === 'offer' } },
    send: [{ kind: 'restart', ...request, transports: exchange.ours }],
    tell: [],
  }
}

export function hearDescription(call: SignalledCall, packet: Heard<'initiate' | 'answer'>): Step {
  const done: Packet = { kind: 'done', requestId: packet.requestId }
  const isOffer = packet.kind === 'initiate'
  const expected = isOffer
    ? call.direction === 'in' && call.phase === 'connecting'
    : call.direction === 'out' && call.phase === 'initiated'
  if (!expected) return repeated(call, packet.kind, done)
  const { callId } = call
  const tell: NetworkEvent[] = [
    {
      type: 'signal',
      callId,
      signal: { kind: 'description', type: isOffer ? 'offer' : 'answer', sdp: packet.sdp },
    },
    ...call.exchange.early.map((signal) => ({ type: 'signal' as const, callId, signal })),
  ]
  const exchange = { ...call.exchange, remote: packet.sdp, early: [] }
  if (isOffer) return { call: { ...call, phase: 'initiated', exchange }, send: [done], tell }
  // An answer proves that they have our offer, whatever became of its acknowledgement.
  const theirSetup = setupOf(packet.sdp) === 'passive' ? 'passive' : 'active'
  const released = releaseHeld({ ...call, phase: 'active', exchange: { ...exchange, theirSetup } })
  return { call: released.call, send: [done, ...released.send], tell }
}

/** A repeated description is answered again: our word on the first did not arrive. */
function repeated(call: SignalledCall, kind: 'initiate' | 'answer', done: Packet): Step {
  const { local } = call.exchange
  if (kind !== 'initiate' || call.direction !== 'in' || call.phase !== 'active' || local === null) {
    return { ...stay(call), send: [done] }
  }
  const next = nextRequest(call)
  return {
    ...stay(next.call),
    send: [done, { kind: 'answer', callId: call.callId, requestId: next.requestId, sdp: local }],
  }
}

const andMuted = (step: Step): Step => {
  const muted = tellMuted(step.call)
  return { call: muted.call, send: [...step.send, ...muted.send], tell: step.tell }
}

/** Tells what is muted by now and was not told yet. */
export function tellMuted(call: SignalledCall): Step {
  const { local, wantMuted, toldMuted } = call.exchange
  if (local === null) return stay(call)
  const send: Packet[] = []
  let next = call
  for (const [mid, medium] of mediaOf(local)) {
    const muted = wantMuted.includes(medium)
    if (muted === toldMuted.includes(medium)) continue
    const request = nextRequest(next)
    next = request.call
    send.push({ kind: 'mute', callId: call.callId, requestId: request.requestId, mid, muted })
  }
  return { call: { ...next, exchange: { ...next.exchange, toldMuted: wantMuted } }, send, tell: [] }
}

export function hearCandidate(call: SignalledCall, packet: Heard<'candidate'>): Step {
  const done: Packet = { kind: 'done', requestId: packet.requestId }
  if (call.phase === 'proposed' || call.phase === 'ringing') return stay(call)
  const signal: Signal = {
    kind: 'candidate',
    candidate: packet.candidate,
    sdpMid: packet.mid,
    usernameFragment: packet.usernameFragment,
  }
  if (call.exchange.remote !== null) {
    return { call, send: [done], tell: [{ type: 'signal', callId: call.callId, signal }] }
  }
  const early = [...call.exchange.early, signal].slice(0, MOST_EARLY_CANDIDATES)
  return { call: { ...call, exchange: { ...call.exchange, early } }, send: [done], tell: [] }
}

/**
 * Theirs, after they restarted ICE: the offer to answer, or the answer to ours. When both restart at once each
 * takes the other's as the answer, which is right: both halves are fresh.
 */
export function hearRestart(call: SignalledCall, packet: Heard<'restart'>): Step {
  const done: Packet = { kind: 'done', requestId: packet.requestId }
  const { remote, restarting, theirSetup } = call.exchange
  if (call.phase !== 'active' || remote === null) return { ...stay(call), send: [done] }
  const sdp = withCredentials(remote, packet.transports, restarting ? theirSetup : 'actpass')
  return {
    call: { ...call, exchange: { ...call.exchange, remote: sdp, restarting: false } },
    send: [done],
    tell: [
      {
        type: 'signal',
        callId: call.callId,
        signal: { kind: 'description', type: restarting ? 'answer' : 'offer', sdp },
      },
    ],
  }
}
