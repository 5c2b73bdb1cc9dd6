import type { Accepts } from '../../../preload/contract/people'
import type { Address, Peer } from '../network'
import type { EventQueue } from './eventQueue'

export type PeerBook = {
  /** Remembers what was learnt and tells it when it is news. */
  learn(address: Address, news: { name?: string; reachable?: boolean; accepts?: Accepts }): void
  find(address: Address): Peer | undefined
  all(): Peer[]
}

/** Strangers make entries too: beyond this many the oldest unreachable one is forgotten. */
const MOST_PEERS = 500

export function createPeerBook(emit: EventQueue['emit']): PeerBook {
  const peers = new Map<Address, Peer>()
  function makeRoom(): void {
    if (peers.size < MOST_PEERS) return
    for (const peer of peers.values()) {
      if (peer.reachable) continue
      peers.delete(peer.address)
      return
    }
  }
  return {
    learn(address, news) {
      const known = peers.get(address)
      if (!known) makeRoom()
      const peer: Peer = {
        ...(known ?? { address, name: '', reachable: false, accepts: null, native: true }),
        ...news,
      }
      if (known && JSON.stringify(known) === JSON.stringify(peer)) return
      peers.set(address, peer)
      emit({ type: 'peer', peer })
    },
    find: (address) => peers.get(address),
    all: () => [...peers.values()],
  }
}
