import type { Network, Peer } from '../../../main/network/network'
import { ok } from '../../../preload/contract/result'

/** The nearby address that a test means by a letter; well formed, and of no key. */
export const addressOf = (letter: string) => `${letter.repeat(51)}a@nearby.invalid`
export const OURS = addressOf('z')

/** A network that goes nowhere and writes down what it was told. */
export function recordingNetwork(kind: Network['kind'] = 'nearby') {
  const said: unknown[][] = []
  const peers = new Map<string, Peer>()
  const write =
    (what: string) =>
    (...rest: unknown[]) => {
      said.push([what, ...rest])
    }
  const network: Network = {
    kind,
    self: OURS,
    listen: () => () => {},
    start: async () => {},
    stop: async () => {},
    wake() {},
    peers: () => [...peers.values()],
    addContact: write('addContact'),
    setSelf: write('setSelf'),
    iceServers: async () => [{ urls: ['turn:example.org'] }],
    propose: write('propose'),
    ring: write('ring'),
    accept: write('accept'),
    decline: write('decline'),
    signal: write('signal'),
    end: write('end'),
    recording: write('recording'),
    deliver: async () => ok('received'),
    fetch: async () => ok(null),
    acknowledge: write('acknowledge'),
  }
  return {
    network,
    /** What the network was told since the last look. */
    said: () => said.splice(0),
    setPeer(peer: Pick<Peer, 'address'> & Partial<Peer>): Peer {
      const full = { name: '', reachable: true, accepts: null, native: true, ...peer }
      peers.set(peer.address, full)
      return full
    },
  }
}
