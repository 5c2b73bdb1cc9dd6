import type { TLSSocket } from 'node:tls'
import type { Signal } from '../../../preload/contract/calls'
import { failed } from '../../../preload/contract/result'
import type { Clock } from '../../clock'
import type { CreateLog } from '../../log'
import { receiveFile } from '../files/receiveFile'
import type { Address, KnownContacts, Network } from '../network'
import type { Packet } from '../session/packet'
import { addressOfCandidate, filterCandidates } from '../session/sdp'
import { createSession } from '../session/session'
import { createCodec } from '../stanzas/codec'
import { addressOfKey } from './address'
import { createDirectory } from './directory'
import { addressesOfInterfaces } from './discovery'
import { openDownload } from './download'
import { formatEndpoint, parseEndpoint } from './endpoint'
import { addressOf, type Identity } from './identity'
import { createPresence } from './presence'
import { type Station, startStation } from './station'

export type NearbyNetwork = Network & {
  /** `host:port` where we may be tried from elsewhere, for an invite; null while there is none. */
  endpoint(): string | null
}

/** How long going away waits for the last words to be written. */
const LAST_WORDS_MS = 1_000

/**
 * People on the same network, without account or server: found by DNS-SD, reached over TLS 1.3 with the key pinned
 * on both sides, one port for stanzas and files.
 * @param bind the one address to listen, dial and be found on; null: all but loopback
 * @param mdnsPort 5353, except in tests
 */
export function createNearbyNetwork({
  identity,
  name,
  knownContacts,
  bind,
  mdnsPort,
  clock,
  createLog,
}: {
  identity: Identity
  name: string
  knownContacts: KnownContacts
  bind: string | null
  mdnsPort: number
  clock: Clock
  createLog: CreateLog
}): NearbyNetwork {
  const log = createLog('nearby')
  const self = addressOf(identity)
  const codec = createCodec()
  const directory = createDirectory(clock)
  const contacts = new Set<Address>()
  let ownName = name
  let station: Station | null = null
  let starting: Promise<void> | null = null

  const session = createSession({
    wire: { send },
    clock,
    name,
    contacts: knownContacts().map((contact) => contact.address),
    offerFile: async (offer) => (station ? station.offers.offer(offer) : null),
    log,
  })
  const presence = createPresence({ book: session.book, directory, isLinked: (peer) => isLinked(peer) })

  function isLinked(peer: Address): boolean {
    return station?.links.has(peer) ?? false
  }

  function save({ address, endpoint }: { address: Address; endpoint: string | null }): void {
    contacts.add(address)
    const hint = endpoint === null ? null : parseEndpoint(endpoint)
    if (hint) directory.hint(address, 'given', hint)
  }
  for (const contact of knownContacts()) save(contact)

  async function send(to: Address, packet: Packet): Promise<boolean> {
    if (!station || to === self) return false
    // Whoever was dialled learns where to dial back.
    const told = packet.kind === 'hello' ? { ...packet, port: station.port } : packet
    return station.links.send(to, told)
  }

  const isOurs = (candidate: string): boolean => bind === null || addressOfCandidate(candidate) === bind

  /** Bound to one address, we must not invite media on another. */
  function boundSignal(signal: Signal): Signal | null {
    if (signal.kind === 'description') return { ...signal, sdp: filterCandidates(signal.sdp, isOurs) }
    return signal.kind === 'candidate' && !isOurs(signal.candidate) ? null : signal
  }

  async function open(): Promise<void> {
    session.emit({ type: 'status', status: { kind: 'connecting' } })
    const started = await startStation({
      identity,
      self,
      name: () => ownName,
      bind,
      mdnsPort,
      clock,
      codec,
      directory,
      contacts,
      onPacket: (peer, packet) => session.heard(peer, packet),
      onUp(peer) {
        presence.update(peer)
        session.linked(peer)
      },
      onDown(peer) {
        presence.update(peer)
        session.unlinked(peer)
      },
      onSighted(sighting) {
        presence.sighted(sighting)
        session.inReach(addressOfKey(sighting.key))
      },
      onLostSight: presence.update,
      onWrongKey: (address) => session.emit({ type: 'wrong-key', address }),
      onStatus: (status) => session.emit({ type: 'status', status }),
      isBusyWith: session.isBusyWith,
      log,
    })
    if (!started.ok) {
      session.emit({ type: 'status', status: { kind: 'failed', problem: started.failure.kind } })
      return
    }
    station = started.value
    station.begin()
  }

  return {
    ...session,
    kind: 'nearby',
    self,
    async start() {
      if (station) return
      starting ??= open().finally(() => {
        starting = null
      })
      await starting
    },
    async stop() {
      await starting
      if (!station) return
      const closing = station
      let stopWaiting = (): void => {}
      const tooLong = new Promise<void>((settle) => {
        stopWaiting = clock.after(LAST_WORDS_MS, settle)
      })
      await Promise.race([session.leave(), tooLong])
      stopWaiting()
      await closing.close()
      station = null
      presence.nobody()
      session.emit({ type: 'status', status: { kind: 'off' } })
    },
    wake: () => station?.wake(),
    addContact(contact) {
      save(contact)
      session.addContact(contact)
      station?.redial(contact.address)
    },
    setSelf(me) {
      ownName = me.name
      session.setSelf(me)
      station?.announce()
    },
    iceServers: async () => [],
    signal(callId, signal) {
      const bound = boundSignal(signal)
      if (bound) session.signal(callId, bound)
    },
    async deliver(delivery, progress, stop) {
      return station ? session.deliver(delivery, progress, stop) : failed({ kind: 'unreachable' })
    },
    fetch: (arrival, path, progress, stop) =>
      receiveFile({
        file: arrival.file,
        path,
        progress,
        stop,
        open: openDownload({
          source: arrival.source,
          from: arrival.from,
          size: arrival.file.size,
          dialPeer: async (): Promise<TLSSocket | null> => station?.dialForFile(arrival.from) ?? null,
        }),
      }),
    endpoint() {
      const host = bind ?? addressesOfInterfaces()[0]
      return station && host !== undefined ? formatEndpoint({ host, port: station.port }) : null
    },
  }
}
