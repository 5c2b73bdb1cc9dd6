import type { Address } from '../network'
import type { PeerBook } from '../session/peerBook'
import { addressOfKey } from './address'
import type { Directory } from './directory'
import type { Sighting } from './dnsRecords'

export type Presence = {
  sighted(sighting: Sighting): void
  /** Looks again whether somebody is within reach. */
  update(peer: Address): void
  nobody(): void
}

/** Who is within reach: in sight of discovery, or linked. */
export function createPresence({
  book,
  directory,
  isLinked,
}: {
  book: PeerBook
  directory: Directory
  isLinked: (peer: Address) => boolean
}): Presence {
  /** Those who told us their name themselves; what the network says of them no longer counts. */
  const met = new Set<Address>()
  const update = (peer: Address): void => {
    if (isLinked(peer)) met.add(peer)
    book.learn(peer, { reachable: isLinked(peer) || directory.inSight(peer) })
  }
  return {
    update,
    sighted({ key, name }) {
      const peer = addressOfKey(key)
      if (met.has(peer)) update(peer)
      else book.learn(peer, { name, reachable: true })
    },
    nobody() {
      for (const peer of book.all()) book.learn(peer.address, { reachable: false })
    },
  }
}
