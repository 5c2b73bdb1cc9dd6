import type { Signal } from '../../../preload/contract/calls'
import type { Accepts } from '../../../preload/contract/people'
import { assertNever } from '../../../preload/contract/result'
import type { EndReason } from '../network'
import { describe, hearCandidate, hearDescription, hearRestart, tellMuted } from './mediaExchange'
import type { CallPacket, IceCandidate, Packet, RejectReason, TerminateReason } from './packet'
import { mediaOf } from './sdp'
import {
  isRinging,
  nextRequest,
  noMedia,
  releaseHeld,
  type SignalledCall,
  type Step,
  stay,
} from './signalledCall'

export type CallInput =
  | { type: 'ring'; accepts: Accepts }
  | { type: 'accept' }
  | { type: 'decline'; reason: Exclude<RejectReason, 'tie-break'>; accepts: Accepts | null }
  | { type: 'signal'; signal: Signal }
  | { type: 'end'; reason: EndReason }
  | { type: 'heard'; packet: CallPacket }
  /** The link is there again after it broke. */
  | { type: 'linked' }
  /** The peer stayed out of reach for longer than we wait. */
  | { type: 'lost' }
  /** The phase took longer than it may. */
  | { type: 'overdue' }

function ended(call: SignalledCall, reason: EndReason, send: Packet[], accepts: Accepts | null = null): Step {
  return {
    call: { ...call, phase: 'ended', exchange: noMedia, lastWord: send[0] ?? null },
    send,
    tell: [{ type: 'ended', callId: call.callId, reason, accepts }],
  }
}

const connect = (call: SignalledCall, send: Packet[]): Step => ({
  call: { ...call, phase: 'connecting' },
  send,
  tell: [{ type: 'connect', callId: call.callId, offer: call.direction === 'out', plain: false }],
})

/** Leaves a call in the way that its phase asks for. */
function leave(call: SignalledCall, reason: EndReason): Step {
  const { callId } = call
  if (isRinging(call)) {
    if (call.direction === 'out') {
      const told = reason === 'unanswered' ? 'unanswered' : 'cancelled'
      return ended(call, reason, [{ kind: 'retract', callId, reason: told }])
    }
    const told =
      reason === 'busy' || reason === 'not-allowed' || reason === 'unanswered' ? reason : 'declined'
    return ended(call, reason, [{ kind: 'reject', callId, reason: told, accepts: call.accepts }])
  }
  const told: TerminateReason = reason === 'hung-up' || reason === 'cancelled' ? 'hung-up' : 'failed'
  const finish: Packet = { kind: 'finish', callId, reason: told }
  if (call.phase === 'connecting') return ended(call, reason, [finish])
  const { requestId } = nextRequest(call)
  return ended(call, reason, [{ kind: 'terminate', callId, requestId, reason: told }, finish])
}

function linkedAgain(call: SignalledCall): Step {
  if (call.phase === 'proposed' || call.phase === 'ringing') {
    // What we said last may have died with the link; both are harmless when heard twice.
    if (call.direction === 'out') return { ...stay(call), send: [proposalOf(call)] }
    if (call.phase === 'proposed') return stay(call)
    return { ...stay(call), send: [{ kind: 'ringing', callId: call.callId, accepts: call.accepts }] }
  }
  const { callId, direction, phase, exchange } = call
  if (phase === 'initiated' && direction === 'out' && exchange.local !== null) {
    const next = nextRequest(call)
    return {
      ...stay({ ...next.call, exchange: { ...next.call.exchange, awaiting: next.requestId } }),
      send: [{ kind: 'initiate', callId, requestId: next.requestId, sdp: exchange.local }],
    }
  }
  const next = nextRequest(call)
  return { ...stay(next.call), send: [{ kind: 'ping', callId, requestId: next.requestId }] }
}

export const proposalOf = (call: SignalledCall): Packet => ({
  kind: 'propose',
  callId: call.callId,
  media: call.media,
  ringSeconds: call.ringSeconds,
  accepts: null,
  name: call.name,
})

/** What happens to a call when something is told to it or heard of it. An ended call stays as it is. */
export function stepCall(call: SignalledCall, input: CallInput): Step {
  if (call.phase === 'ended') return stay(call)
  const { callId } = call
  switch (input.type) {
    case 'ring':
      if (call.direction === 'out' || !isRinging(call)) return stay(call)
      return {
        call: { ...call, phase: 'ringing', accepts: input.accepts },
        send: [{ kind: 'ringing', callId, accepts: input.accepts }],
        tell: [],
      }
    case 'accept':
      if (call.direction === 'out' || !isRinging(call)) return stay(call)
      return connect(call, [{ kind: 'proceed', callId }])
    case 'decline':
      if (call.direction === 'out' || !isRinging(call)) return stay(call)
      return ended(call, input.reason, [
        { kind: 'reject', callId, reason: input.reason, accepts: input.accepts },
      ])
    case 'signal':
      return signalled(call, input.signal)
    case 'end':
      return leave(call, input.reason)
    case 'heard':
      return heard(call, input.packet)
    case 'linked':
      return linkedAgain(call)
    case 'lost':
      if (!isRinging(call)) return ended(call, 'failed', [])
      return ended(call, call.direction === 'out' ? 'unreachable' : 'cancelled', [])
    case 'overdue':
      return call.phase === 'active' ? stay(call) : leave(call, isRinging(call) ? 'unanswered' : 'failed')
    default:
      return assertNever(input)
  }
}

/** Our renderer's peer connection has something for theirs. */
function signalled(call: SignalledCall, signal: Signal): Step {
  if (isRinging(call)) return stay(call)
  const { callId } = call
  switch (signal.kind) {
    case 'description':
      return describe(call, signal)
    case 'candidate': {
      const credentials = call.exchange.ours.find((transport) => transport.mid === signal.sdpMid)
      if (!credentials) return stay(call)
      const candidate: IceCandidate = { ...credentials, candidate: signal.candidate }
      // A transport-info may not overtake the session-initiate that it belongs to.
      if (call.exchange.awaiting !== null) {
        return stay({ ...call, exchange: { ...call.exchange, held: [...call.exchange.held, candidate] } })
      }
      const next = nextRequest(call)
      return {
        ...stay(next.call),
        send: [{ kind: 'candidate', callId, requestId: next.requestId, ...candidate }],
      }
    }
    case 'muted':
      return tellMuted({ ...call, exchange: { ...call.exchange, wantMuted: signal.media } })
    default:
      return assertNever(signal)
  }
}

function heard(call: SignalledCall, packet: CallPacket): Step {
  const { callId } = call
  const out = call.direction === 'out'
  switch (packet.kind) {
    case 'propose':
      // Said again: they missed what we answered.
      if (out) return stay(call)
      if (call.phase === 'ringing') {
        return { ...stay(call), send: [{ kind: 'ringing', callId, accepts: call.accepts }] }
      }
      return call.phase === 'connecting' ? { ...stay(call), send: [{ kind: 'proceed', callId }] } : stay(call)
    case 'ringing':
      if (!out || call.phase !== 'proposed') return stay(call)
      return {
        ...stay({ ...call, phase: 'ringing' }),
        tell: [{ type: 'ringing', callId, accepts: packet.accepts }],
      }
    case 'proceed':
      return out && isRinging(call) ? connect(call, []) : stay(call)
    case 'reject':
      // A tie-break reject comes with the peer's own, lower propose: that one decides (calls.ts).
      if (!out || !isRinging(call) || packet.reason === 'tie-break') return stay(call)
      return ended(call, packet.reason, [], packet.accepts)
    case 'retract':
      // It may have crossed our proceed.
      if (out || !(isRinging(call) || call.phase === 'connecting')) return stay(call)
      return ended(call, packet.reason === 'unanswered' ? 'unanswered' : 'cancelled', [])
    case 'finish':
      return ended(call, packet.reason, [])
    case 'initiate':
    case 'answer':
      return hearDescription(call, packet)
    case 'candidate':
      return hearCandidate(call, packet)
    case 'restart':
      return hearRestart(call, packet)
    case 'mute': {
      const medium = mediaOf(call.exchange.remote ?? '').get(packet.mid)
      const done: Packet = { kind: 'done', requestId: packet.requestId }
      if (!medium) return { ...stay(call), send: [done] }
      const others = call.exchange.theirMuted.filter((one) => one !== medium)
      const media = packet.muted ? [...others, medium] : others
      return {
        call: { ...call, exchange: { ...call.exchange, theirMuted: media } },
        send: [done],
        tell: [{ type: 'signal', callId, signal: { kind: 'muted', media } }],
      }
    }
    case 'terminate':
      return ended(call, packet.reason, [{ kind: 'done', requestId: packet.requestId }])
    case 'ping':
      return { ...stay(call), send: [{ kind: 'done', requestId: packet.requestId }] }
    case 'done': {
      if (packet.requestId !== call.exchange.awaiting) return stay(call)
      return releaseHeld(call)
    }
    case 'unknown-call':
      return isRinging(call) ? stay(call) : ended(call, 'failed', [])
    case 'recording':
      return stay(call)
    default:
      return assertNever(packet)
  }
}
