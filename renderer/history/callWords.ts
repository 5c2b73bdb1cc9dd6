import type { Call } from '../../preload/contract/calls'

/** An incoming call that was not answered. */
export function isMissed({ direction, state }: Call): boolean {
  return direction === 'in' && state.phase === 'ended' && state.outcome !== 'answered'
}
