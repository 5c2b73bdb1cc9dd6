import type { Call } from '../../preload/contract/calls'
import { assertNever } from '../../preload/contract/result'
import type { EndReason } from '../network/network'

/** A call that nobody touches still ends: after `ms`, for `reason`; `onlyIfAway`: if the person is away at that moment. */
export type CallLimit = { ms: number; reason: EndReason; onlyIfAway: boolean }

/** Without a sign of ringing for so long, somebody who is not to be seen is not there. */
const NO_RINGING_MS = 6_000
/** From picking up to the first picture or sound. */
const MEDIA_MS = 20_000
/** The caller's own limit comes first; ours is for when their word does not arrive. */
const GRACE_MS = 2_000

/** How long we let a caller ring who does not say how long they will. */
const UNTOLD_RING_SECONDS = 60
const SHORTEST_RING_SECONDS = 5
const LONGEST_RING_SECONDS = 90

/** How long an incoming call rings, in milliseconds; what the caller says counts within bounds. */
export function incomingRingMs(told: number | null): number {
  if (told === null || !Number.isFinite(told)) return UNTOLD_RING_SECONDS * 1_000
  return Math.min(LONGEST_RING_SECONDS, Math.max(SHORTEST_RING_SECONDS, told)) * 1_000
}

/** What ends the call if it stays in its state. `ringMs` is our own ring time, in milliseconds. */
export function limitsOf(call: Call, now: number, ringMs: number): CallLimit[] {
  switch (call.state.phase) {
    case 'dialing':
      return [
        { ms: NO_RINGING_MS, reason: 'unreachable', onlyIfAway: true },
        // Foreign clients never say that they ring.
        { ms: ringMs, reason: 'unanswered', onlyIfAway: false },
      ]
    case 'ringing': {
      const grace = call.direction === 'in' ? GRACE_MS : 0
      return [{ ms: call.state.until - now + grace, reason: 'unanswered', onlyIfAway: false }]
    }
    case 'connecting':
      return [{ ms: MEDIA_MS, reason: 'failed', onlyIfAway: false }]
    case 'connected':
    case 'ended':
      return []
    default:
      return assertNever(call.state)
  }
}
