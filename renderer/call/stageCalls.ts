import type { Call } from '../../preload/contract/calls'
import { offerAfter } from './offer'

export type StageCalls = {
  /** The call that the stage shows: under way, or over with something left to say. */
  current: Call | null
  /** An incoming call that waits for an answer. */
  ringing: Call | null
}

/** Something is left to say after this call: an offer, or that the connection broke. */
const hasAfterword = (call: Call): boolean =>
  offerAfter(call) !== null || (call.state.phase === 'ended' && call.state.outcome === 'failed')

/** Which calls are shown once `call` has changed. Old news of another call changes nothing. */
export function afterCallChange({ current, ringing }: StageCalls, call: Call): StageCalls {
  const rings = call.direction === 'in' && (call.state.phase === 'dialing' || call.state.phase === 'ringing')
  const others = ringing?.id === call.id ? null : ringing
  if (rings) return { current, ringing: call }
  if (call.state.phase !== 'ended') return { current: call, ringing: others }
  if (current?.id !== call.id) return { current, ringing: others }
  return { current: hasAfterword(call) ? call : null, ringing: others }
}
