import { assertNever } from '../../../preload/contract/result'
import type { Clock } from '../../clock'
import type { Log } from '../../log'
import type { Address, Network } from '../network'
import { createCalls } from './calls'
import { createDeliveries, type OfferFile } from './deliveries'
import { createEventQueue, type EventQueue } from './eventQueue'
import type { Packet, Wire } from './packet'
import { createPeerBook, type PeerBook } from './peerBook'
import { createStrangerLimits } from './strangerLimits'

/** What every network does alike once it can carry packets. */
export type Session = Pick<
  Network,
  | 'listen'
  | 'peers'
  | 'addContact'
  | 'setSelf'
  | 'propose'
  | 'ring'
  | 'accept'
  | 'decline'
  | 'signal'
  | 'end'
  | 'recording'
  | 'deliver'
  | 'acknowledge'
> & {
  emit: EventQueue['emit']
  book: PeerBook
  /** Something arrived. It was decoded, and its sender proven. */
  heard(from: Address, packet: Packet): void
  /** A link to them is up. */
  linked(peer: Address): void
  /** There is no link, but one could be made. */
  inReach(peer: Address): void
  unlinked(peer: Address): void
  /** A call with them is under way. */
  isBusyWith(peer: Address): boolean
  /** Leaves all calls and interrupts all deliveries; resolves when the others were told. */
  leave(): Promise<void>
}

/**
 * @param contacts whom we have saved: each hears of it once in this run, as soon as there is a link
 */
export function createSession({
  wire,
  clock,
  name,
  contacts,
  offerFile,
  log,
}: {
  wire: Wire
  clock: Clock
  name: string
  contacts: Address[]
  offerFile: OfferFile
  log: Log
}): Session {
  const events = createEventQueue(log)
  const { emit } = events
  const book = createPeerBook(emit)
  let ownName = name
  const ourName = (): string => ownName
  const known = new Set(contacts)
  const mayCall = createStrangerLimits({ clock, isContact: (peer) => known.has(peer) })
  const calls = createCalls({ wire, clock, emit, peers: book, ourName, mayCall: mayCall.live, log })
  const deliveries = createDeliveries({ wire, clock, emit, offerFile, ourName, mayCall: mayCall.late })
  const untold = new Set(contacts)
  const linkedPeers = new Set<Address>()

  async function greet(peer: Address): Promise<void> {
    const saved = untold.has(peer)
    if ((await wire.send(peer, { kind: 'hello', name: ownName, saved, port: null })) && saved)
      untold.delete(peer)
  }

  return {
    listen: events.listen,
    emit,
    book,
    peers: book.all,
    addContact({ address }) {
      known.add(address)
      untold.add(address)
      if (linkedPeers.has(address)) void greet(address)
    },
    setSelf(self) {
      ownName = self.name
      for (const peer of linkedPeers) void greet(peer)
    },
    propose: calls.propose,
    ring: calls.ring,
    accept: calls.accept,
    decline: calls.decline,
    signal: calls.signal,
    end: calls.end,
    recording: calls.recording,
    deliver: deliveries.deliver,
    acknowledge: deliveries.acknowledge,
    heard(from, packet) {
      switch (packet.kind) {
        case 'hello':
          book.learn(from, { name: packet.name })
          if (packet.saved) emit({ type: 'contact-request', from, name: packet.name })
          return
        case 'note':
        case 'file':
        case 'missed-call':
        case 'receipt':
          deliveries.heard(from, packet)
          return
        case 'probe':
          void wire.send(from, { kind: 'done', requestId: packet.requestId })
          return
        case 'propose':
        case 'ringing':
        case 'proceed':
        case 'reject':
        case 'retract':
        case 'finish':
        case 'initiate':
        case 'answer':
        case 'candidate':
        case 'restart':
        case 'mute':
        case 'terminate':
        case 'ping':
        case 'done':
        case 'unknown-call':
        case 'recording':
          calls.heard(from, packet)
          return
        default:
          assertNever(packet)
      }
    },
    linked(peer) {
      linkedPeers.add(peer)
      void greet(peer)
      calls.linked(peer)
      deliveries.inReach(peer)
    },
    inReach: deliveries.inReach,
    unlinked(peer) {
      linkedPeers.delete(peer)
      calls.unlinked(peer)
      deliveries.unlinked(peer)
    },
    isBusyWith: calls.isBusyWith,
    async leave() {
      deliveries.stop()
      await calls.leaveAll()
    },
  }
}
