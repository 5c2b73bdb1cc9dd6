import type { CallOutcome, CallState } from '../../preload/contract/calls'
import type { Accepts } from '../../preload/contract/people'
import { assertNever } from '../../preload/contract/result'
import type { EndReason } from '../network/network'

export type CallDirection = 'in' | 'out'

/** What may happen to a call. Times are milliseconds since the epoch. */
export type CallEvent =
  /** The called person's device rings, until then at most. */
  | { type: 'rings'; until: number; accepts: Accepts | null }
  /** Somebody picked up; the media is not there yet. */
  | { type: 'picked-up' }
  | { type: 'connected'; at: number }
  | { type: 'ended'; reason: EndReason; at: number; accepts: Accepts | null }

/** The next state, or 'not-allowed' when the event comes too late, twice or never in this state. Ended is final. */
export function callState(
  direction: CallDirection,
  state: CallState,
  event: CallEvent,
): CallState | 'not-allowed' {
  if (state.phase === 'ended') return 'not-allowed'
  switch (event.type) {
    case 'rings':
      if (state.phase !== 'dialing') return 'not-allowed'
      return { phase: 'ringing', until: event.until, accepts: event.accepts }
    case 'picked-up':
      // A foreign client may pick up without ever having said that it rings.
      if (state.phase !== 'dialing' && state.phase !== 'ringing') return 'not-allowed'
      return { phase: 'connecting' }
    case 'connected':
      if (state.phase !== 'connecting') return 'not-allowed'
      return { phase: 'connected', since: event.at }
    case 'ended':
      return {
        phase: 'ended',
        outcome: outcomeOf(direction, state.phase, event.reason),
        at: event.at,
        talkedMs: state.phase === 'connected' ? Math.max(0, event.at - state.since) : 0,
        accepts: event.accepts ?? (state.phase === 'ringing' ? state.accepts : null),
      }
    default:
      return assertNever(event)
  }
}

/** An incoming call that was not answered is missed, whatever kept it from being answered. */
export function isMissed(call: { direction: CallDirection; state: CallState }): boolean {
  return call.direction === 'in' && call.state.phase === 'ended' && call.state.outcome !== 'answered'
}

function outcomeOf(
  direction: CallDirection,
  phase: 'dialing' | 'ringing' | 'connecting' | 'connected',
  reason: EndReason,
): CallOutcome {
  // They talked, however briefly and however it ended.
  if (phase === 'connected') return 'answered'
  switch (reason) {
    case 'hung-up':
      // Whoever hangs up between picking up and the first picture had been answered.
      return phase === 'connecting' ? 'answered' : 'cancelled'
    case 'answered-elsewhere':
      return direction === 'in' ? 'answered' : 'failed'
    case 'unreachable':
      if (phase === 'connecting') return 'failed'
      // The line to somebody who rang us was cut: they gave up, as far as we can know.
      return direction === 'in' ? 'unanswered' : 'unreachable'
    case 'declined':
    case 'busy':
    case 'unanswered':
    case 'cancelled':
    case 'not-allowed':
    case 'failed':
      return reason
    default:
      return assertNever(reason)
  }
}
