import type { Clock } from '../../clock'
import type { Address } from '../network'
import { addressOfKey } from './address'
import type { Sighting } from './dnsRecords'
import { type Endpoint, formatEndpoint } from './endpoint'

export type Directory = {
  /** Takes in what discovery heard. Returns whether the peer is in sight now. */
  sight(sighting: Sighting): boolean
  /** Nobody answered where discovery said: it counts as gone until it is heard of again. */
  forget(peer: Address): void
  /** Where somebody said to try, or was reached before. */
  hint(peer: Address, kind: 'given' | 'learnt', endpoint: Endpoint): void
  inSight(peer: Address): boolean
  endpointsOf(peer: Address): Endpoint[]
  /** Drops sightings that are too old and returns whose they were. */
  expire(): Address[]
  clearSightings(): void
}

/** Anybody on the network can make up devices; beyond this many no new ones are taken in. */
const MOST_SIGHTINGS = 256
const MOST_HINTS = 512
const MOST_ENDPOINTS = 8

/** Where each peer may be found: what discovery sees, what invites say, and where links came from. */
export function createDirectory(clock: Clock): Directory {
  const sightings = new Map<Address, { endpoints: Endpoint[]; until: number }>()
  const given = new Map<Address, Endpoint>()
  const learnt = new Map<Address, Endpoint>()
  return {
    sight({ key, endpoints, ttlSeconds }) {
      const peer = addressOfKey(key)
      const known = sightings.get(peer)
      if (ttlSeconds === 0) {
        sightings.delete(peer)
        return false
      }
      if (!known && sightings.size >= MOST_SIGHTINGS) return false
      const port = endpoints[0]?.port
      // One response comes on each network that we share; a new port means that they started anew.
      const others = (known?.endpoints ?? []).filter((endpoint) => endpoint.port === port)
      sightings.set(peer, {
        endpoints: unique([...endpoints, ...others]).slice(0, MOST_ENDPOINTS),
        until: clock.now() + ttlSeconds * 1_000,
      })
      return true
    },
    forget: (peer) => void sightings.delete(peer),
    hint(peer, kind, endpoint) {
      const hints = kind === 'given' ? given : learnt
      if (hints.has(peer) || hints.size < MOST_HINTS) hints.set(peer, endpoint)
    },
    inSight: (peer) => sightings.has(peer),
    endpointsOf(peer) {
      const hints = [given.get(peer), learnt.get(peer)].filter((endpoint) => endpoint !== undefined)
      return unique([...(sightings.get(peer)?.endpoints ?? []), ...hints])
    },
    expire() {
      const old = [...sightings].filter(([, { until }]) => until < clock.now()).map(([peer]) => peer)
      for (const peer of old) sightings.delete(peer)
      return old
    },
    clearSightings: () => sightings.clear(),
  }
}

const unique = (endpoints: Endpoint[]): Endpoint[] => [
  ...new Map(endpoints.map((endpoint) => [formatEndpoint(endpoint), endpoint])).values(),
]
