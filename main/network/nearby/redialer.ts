import type { Clock } from '../../clock'
import type { Address } from '../network'

export type Redialer = {
  /** Tries those whose pause is over. */
  tick(peers: Iterable<Address>): void
  /** Tries one now, whatever happened before. */
  now(peer: Address): void
  /** Forgets all pauses. */
  reset(): void
}

const FIRST_PAUSE_MS = 15_000
const LONGEST_PAUSE_MS = 5 * 60_000

/**
 * Keeps trying to reach those we want a link to, with pauses that grow.
 * @param connect null: nobody knows where to try, which costs no pause
 */
export function createRedialer(clock: Clock, connect: (peer: Address) => Promise<boolean> | null): Redialer {
  const pauses = new Map<Address, { until: number; ms: number }>()
  async function attempt(peer: Address): Promise<void> {
    const connecting = connect(peer)
    if (connecting === null) return
    if (await connecting) {
      pauses.delete(peer)
      return
    }
    const ms = Math.min((pauses.get(peer)?.ms ?? FIRST_PAUSE_MS / 2) * 2, LONGEST_PAUSE_MS)
    pauses.set(peer, { until: clock.now() + ms, ms })
  }
  return {
    tick(peers) {
      for (const peer of peers) if ((pauses.get(peer)?.until ?? 0) <= clock.now()) void attempt(peer)
    },
    now: (peer) => void attempt(peer),
    reset: () => pauses.clear(),
  }
}
