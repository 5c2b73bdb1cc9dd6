import type { TLSSocket } from 'node:tls'
import { ok, type Result } from '../../../preload/contract/result'
import type { Clock } from '../../clock'
import type { Log } from '../../log'
import type { Address, NetworkStatus } from '../network'
import type { Packet } from '../session/packet'
import type { Codec } from '../stanzas/codec'
import { addressOfKey, keyOfAddress } from './address'
import type { Directory } from './directory'
import { createDiscovery } from './discovery'
import type { Sighting } from './dnsRecords'
import { createFileOffers, type FileOffers } from './fileOffers'
import type { Identity } from './identity'
import type { Link } from './link'
import { createLinks, type Links } from './links'
import { listen } from './listener'
import { createRedialer } from './redialer'
import { dial, FILES, type Protocol, STANZAS } from './secureSocket'

/** Everything that is open while the nearby network runs. */
export type Station = {
  readonly port: number
  readonly links: Links
  readonly offers: FileOffers
  /** Becomes visible, and looks for others. */
  begin(): void
  wake(): void
  announce(): void
  redial(peer: Address): void
  dialForFile(peer: Address): Promise<TLSSocket | null>
  close(): Promise<void>
}

/** The idle rhythm: interfaces, old sightings, contacts without a link. Nothing of ours wakes more often. */
const TICK_MS = 15_000
const TICKS_BETWEEN_QUESTIONS = 4
/** Asked a second time, since the first question may meet an interface that is not ready. */
const SECOND_QUESTION_MS = 1_000
const RELINK_MS = 250

export async function startStation({
  identity,
  self,
  name,
  bind,
  mdnsPort,
  clock,
  codec,
  directory,
  contacts,
  onPacket,
  onUp,
  onDown,
  onSighted,
  onLostSight,
  onWrongKey,
  onStatus,
  isBusyWith,
  log,
}: {
  identity: Identity
  self: Address
  name: () => string
  bind: string | null
  mdnsPort: number
  clock: Clock
  codec: Codec
  directory: Directory
  contacts: ReadonlySet<Address>
  onPacket: (peer: Address, packet: Packet) => void
  onUp: (peer: Address) => void
  onDown: (peer: Address) => void
  onSighted: (sighting: Sighting) => void
  onLostSight: (peer: Address) => void
  onWrongKey: (peer: Address) => void
  onStatus: (status: NetworkStatus) => void
  /** Whether a call with them is under way, so that a broken link is dialled again at once. */
  isBusyWith: (peer: Address) => boolean
  log: Log
}): Promise<Result<Station, { kind: 'port-taken' }>> {
  const timers = new Set<() => void>()
  const downloads = new Set<TLSSocket>()
  /** Told once until the right key answers. */
  const wrongKeys = new Set<Address>()
  let closed = false
  let ticks = 0
  let interfaces: number | null = null

  function later(ms: number, run: () => void): void {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel)
      run()
    })
    timers.add(cancel)
  }

  async function dialPeer(peer: Address, protocol: Protocol): Promise<TLSSocket | null> {
    const endpoints = directory.endpointsOf(peer)
    if (closed || endpoints.length === 0) return null
    const dialled = await dial({ endpoints, expected: peer, protocol, identity, from: bind, clock })
    if (dialled.ok) {
      if (!closed) return dialled.value
      dialled.value.destroy()
      return null
    }
    if (dialled.failure.kind === 'wrong-key' && !wrongKeys.has(peer)) {
      wrongKeys.add(peer)
      log.warn('another key answers for a peer; nothing was sent')
      onWrongKey(peer)
    }
    if (directory.inSight(peer)) {
      // It may have gone without a goodbye; if not, it will answer.
      directory.forget(peer)
      onLostSight(peer)
      later(SECOND_QUESTION_MS, () => discovery.ask())
    }
    return null
  }

  const links = createLinks({
    codec,
    self,
    clock,
    dialPeer: (peer) => dialPeer(peer, STANZAS),
    isContact: (peer) => contacts.has(peer),
    isBusyWith,
    onPacket: hear,
    onUp(peer) {
      wrongKeys.delete(peer)
      onUp(peer)
    },
    onDown(peer) {
      onDown(peer)
      if (closed) return
      later(RELINK_MS, () => {
        if (contacts.has(peer) || isBusyWith(peer)) redialer.now(peer)
      })
    },
    log,
  })
  const redialer = createRedialer(clock, (peer) =>
    directory.endpointsOf(peer).length > 0 ? links.connect(peer) : null,
  )
  const offers = createFileOffers(self)
  const listening = await listen({
    identity,
    bind,
    onStanzas: (socket, peer) => void links.adopt(socket, peer),
    onFiles: offers.serve,
  })
  if (!listening.ok) {
    offers.close()
    return listening
  }
  const { port, close } = listening.value
  const discovery = createDiscovery({
    key: keyOfAddress(self) ?? '',
    port,
    name,
    bind,
    mdnsPort,
    clock,
    onSighting: see,
    log,
  })

  function hear(packet: Packet, link: Link): void {
    if (packet.kind === 'hello' && packet.port !== null) {
      directory.hint(link.peer, 'learnt', { host: link.remoteHost, port: packet.port })
    }
    onPacket(link.peer, packet)
  }

  function see(sighting: Sighting): void {
    const peer = addressOfKey(sighting.key)
    if (closed) return
    if (!directory.sight(sighting)) {
      onLostSight(peer)
      return
    }
    onSighted(sighting)
    if (contacts.has(peer) && !links.has(peer)) redialer.tick([peer])
  }

  function scan(): void {
    const now = discovery.rescan()
    if (now === interfaces) return
    if (interfaces === null || (now === 0) !== (interfaces === 0)) {
      onStatus(now === 0 ? { kind: 'failed', problem: 'no-network' } : { kind: 'on' })
    }
    interfaces = now
  }

  const unlinked = (): Address[] => [...contacts].filter((peer) => !links.has(peer))

  function tick(): void {
    ticks += 1
    scan()
    for (const peer of directory.expire()) onLostSight(peer)
    if (ticks % TICKS_BETWEEN_QUESTIONS === 0) discovery.ask()
    redialer.tick(unlinked())
    later(TICK_MS, tick)
  }

  return ok({
    port,
    links,
    offers,
    begin() {
      scan()
      redialer.tick(unlinked())
      later(SECOND_QUESTION_MS, () => discovery.ask())
      later(TICK_MS, tick)
    },
    wake() {
      scan()
      discovery.ask()
      links.probeAll()
      redialer.reset()
      redialer.tick(unlinked())
    },
    announce: discovery.announce,
    redial: (peer) => redialer.now(peer),
    async dialForFile(peer) {
      const socket = await dialPeer(peer, FILES)
      if (!socket) return null
      downloads.add(socket)
      socket.on('close', () => downloads.delete(socket))
      return socket
    },
    async close() {
      await discovery.stop()
      await links.close()
      closed = true
      for (const cancel of timers) cancel()
      for (const socket of downloads) socket.destroy()
      offers.close()
      directory.clearSightings()
      await close()
    },
  })
}
