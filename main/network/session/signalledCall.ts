import type { Signal } from '../../../preload/contract/calls'
import type { Medium } from '../../../preload/contract/ids'
import type { Accepts } from '../../../preload/contract/people'
import type { NetworkEvent } from '../network'
import type { IceCandidate, IceCredentials, Packet } from './packet'

/**
 * One call as the two ends signal it:
 * proposed → ringing → connecting (both want it) → initiated (offer on its way or here) → active → ended.
 */
export type SignalledCall = {
  callId: string
  peer: string
  name: string
  direction: 'in' | 'out'
  media: Medium
  ringSeconds: number | null
  phase: 'proposed' | 'ringing' | 'connecting' | 'initiated' | 'active' | 'ended'
  /** What we told the caller that we take; said again when they ask again. */
  accepts: Accepts | null
  exchange: Media
  /** What to answer when the other end, having missed it, speaks of this call once more. */
  lastWord: Packet | null
}

/** What the two peer connections of a call have told each other so far. */
export type Media = {
  requests: number
  local: string | null
  remote: string | null
  /** The DTLS role that they took; it lasts as long as the call. */
  theirSetup: 'active' | 'passive'
  /** Our ICE credentials by content: each candidate has to repeat them. */
  ours: IceCredentials[]
  /** The request whose answer our candidates wait for, and those that wait. */
  awaiting: string | null
  held: IceCandidate[]
  /** Theirs that came before their description did. */
  early: Signal[]
  /** We asked for an ICE restart and wait for their half. */
  restarting: boolean
  /** What our side wants muted, and what of it was told: nothing can be told before we described ourselves. */
  wantMuted: Medium[]
  toldMuted: Medium[]
  theirMuted: Medium[]
}

export const noMedia: Media = {
  requests: 0,
  local: null,
  remote: null,
  theirSetup: 'active',
  ours: [],
  awaiting: null,
  held: [],
  early: [],
  restarting: false,
  wantMuted: [],
  toldMuted: [],
  theirMuted: [],
}

export type Step = { call: SignalledCall; send: Packet[]; tell: NetworkEvent[] }

export const newCall = (
  call: Pick<SignalledCall, 'callId' | 'peer' | 'name' | 'direction' | 'media' | 'ringSeconds'>,
): SignalledCall => ({
  ...call,
  phase: 'proposed',
  accepts: null,
  exchange: noMedia,
  lastWord: null,
})

export const stay = (call: SignalledCall): Step => ({ call, send: [], tell: [] })
export const isRinging = (call: SignalledCall): boolean =>
  call.phase === 'proposed' || call.phase === 'ringing'

/** An unused id for the next request of this call. */
export function nextRequest(call: SignalledCall): { requestId: string; call: SignalledCall } {
  const requests = call.exchange.requests + 1
  return {
    requestId: `${call.callId}-${call.direction}${requests}`,
    call: { ...call, exchange: { ...call.exchange, requests } },
  }
}

/** The other end has our description: what we gathered meanwhile may follow. */
export function releaseHeld(call: SignalledCall): Step {
  let next: SignalledCall = { ...call, exchange: { ...call.exchange, awaiting: null, held: [] } }
  const send: Packet[] = []
  for (const candidate of call.exchange.held) {
    const request = nextRequest(next)
    next = request.call
    send.push({ kind: 'candidate', callId: call.callId, requestId: request.requestId, ...candidate })
  }
  return { call: next, send, tell: [] }
}
