import { isRinging, type SignalledCall } from './signalledCall'

/** Both ends stop by themselves a little after the ring limit, should the other's word get lost. */
const RING_GRACE_MS = 5_000
const DEFAULT_RING_SECONDS = 60
const CONNECT_LIMIT_MS = 30_000
const RINGING_LINK_GRACE_MS = 4_000
const TALKING_LINK_GRACE_MS = 15_000

/** How long a call may stay in its phase, in milliseconds; null: as long as it likes. */
export function limitOf(call: SignalledCall): number | null {
  if (call.phase === 'active' || call.phase === 'ended') return null
  if (!isRinging(call)) return CONNECT_LIMIT_MS
  return (call.ringSeconds ?? DEFAULT_RING_SECONDS) * 1_000 + RING_GRACE_MS
}

/** How long the peer may be out of reach before the call ends, in milliseconds. */
export const graceOf = (call: SignalledCall): number =>
  isRinging(call) ? RINGING_LINK_GRACE_MS : TALKING_LINK_GRACE_MS
