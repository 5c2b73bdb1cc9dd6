import type { TLSSocket } from 'node:tls'
import type { Clock } from '../../clock'
import type { Log } from '../../log'
import type { Address } from '../network'
import type { Packet } from '../session/packet'
import type { Codec } from '../stanzas/codec'
import { createLink, type Link } from './link'

export type Links = {
  /** Takes over a connection that came in, its key proven. Resolves with whether the other end let us in. */
  adopt(socket: TLSSocket, peer: Address): Promise<boolean>
  /** Sends on the newest link, which is dialled when there is none. Keeps the order of packets to one peer. */
  send(peer: Address, packet: Packet): Promise<boolean>
  /** Makes sure that there is a link. */
  connect(peer: Address): Promise<boolean>
  has(peer: Address): boolean
  /** Asks every peer for a sign of life. */
  probeAll(): void
  /** Says goodbye on every link. */
  close(): Promise<void>
}

/** Beyond these only contacts and those whom we dial get in. */
const MOST_LINKS = 64
const MOST_LINKS_OF_A_PEER = 8
const MOST_QUEUED_PACKETS = 200
const GOODBYE_LIMIT_MS = 1_000

type Queued = { packet: Packet; settle: (sent: boolean) => void }

/** All links, several to one peer when both dialled at once: they send on the newest and read all. */
export function createLinks({
  codec,
  self,
  clock,
  dialPeer,
  isContact,
  isBusyWith,
  onPacket,
  onUp,
  onDown,
  log,
}: {
  codec: Codec
  self: Address
  clock: Clock
  dialPeer: (peer: Address) => Promise<TLSSocket | null>
  isContact: (peer: Address) => boolean
  /** Whether a call with them is under way. */
  isBusyWith: (peer: Address) => boolean
  onPacket: (packet: Packet, link: Link) => void
  /** The first link to a peer is open. */
  onUp: (peer: Address) => void
  /** The last one is gone. */
  onDown: (peer: Address) => void
  log: Log
}): Links {
  const all = new Set<Link>()
  /** Those that are open, by peer, the newest last. */
  const open = new Map<Address, Link[]>()
  const dialling = new Map<Address, Promise<boolean>>()
  const queues = new Map<Address, Queued[]>()
  let closing = false

  function opened(link: Link): void {
    const before = open.get(link.peer) ?? []
    open.set(link.peer, [...before, link])
    if (before.length === 0) onUp(link.peer)
    emptyQueue(link.peer, (packet) => link.send(packet))
  }

  function emptyQueue(peer: Address, send: (packet: Packet) => Promise<boolean>): void {
    const queued = queues.get(peer) ?? []
    queues.delete(peer)
    for (const { packet, settle } of queued) void send(packet).then(settle)
  }

  function closed(link: Link): void {
    all.delete(link)
    const before = open.get(link.peer)
    if (!before?.includes(link)) return
    const left = before.filter((one) => one !== link)
    open.set(link.peer, left)
    if (left.length > 0) return
    open.delete(link.peer)
    onDown(link.peer)
  }

  /** Its socket closes later; its place is free at once. */
  function displace(link: Link): void {
    all.delete(link)
    link.destroy()
  }

  /** Strangers make room for each other, so that many of them can't lock anybody out. */
  function makeRoom(peer: Address): void {
    const ofPeer = [...all].filter((link) => link.peer === peer)
    const [oldest] = ofPeer
    if (oldest && ofPeer.length >= MOST_LINKS_OF_A_PEER) displace(oldest)
    if (all.size < MOST_LINKS) return
    const idle = [...all].find((link) => !isContact(link.peer) && !isBusyWith(link.peer))
    if (idle) displace(idle)
  }

  function take(socket: TLSSocket, peer: Address, isWelcome: boolean): Promise<boolean> {
    makeRoom(peer)
    if (closing || (all.size >= MOST_LINKS && !isWelcome)) {
      socket.destroy()
      return Promise.resolve(false)
    }
    const link = createLink({
      socket,
      codec,
      self,
      peer,
      clock,
      onOpen: opened,
      onPacket,
      onClose: closed,
      log,
    })
    all.add(link)
    return link.opened
  }

  async function dialOnce(peer: Address): Promise<boolean> {
    const socket = await dialPeer(peer)
    return socket !== null && (await take(socket, peer, true))
  }

  async function connect(peer: Address): Promise<boolean> {
    if (open.has(peer)) return true
    const attempt = dialling.get(peer) ?? dialOnce(peer).finally(() => dialling.delete(peer))
    dialling.set(peer, attempt)
    const linked = await attempt
    // They may have dialled us meanwhile.
    if (!linked && !open.has(peer)) emptyQueue(peer, () => Promise.resolve(false))
    return linked || open.has(peer)
  }

  return {
    adopt: (socket, peer) => take(socket, peer, isContact(peer)),
    connect,
    has: (peer) => open.has(peer),
    send(peer, packet) {
      const link = open.get(peer)?.at(-1)
      if (link) return link.send(packet)
      const queue = queues.get(peer) ?? []
      if (closing || queue.length >= MOST_QUEUED_PACKETS) return Promise.resolve(false)
      const sent = new Promise<boolean>((settle) => queue.push({ packet, settle }))
      queues.set(peer, queue)
      void connect(peer)
      return sent
    },
    probeAll() {
      for (const links of open.values()) links.at(-1)?.probe()
    },
    async close() {
      closing = true
      const gone = [...all].map((link) => link.gone)
      for (const link of all) link.close()
      const stopWaiting = clock.after(GOODBYE_LIMIT_MS, () => {
        for (const link of all) link.destroy()
      })
      await Promise.all(gone)
      stopWaiting()
    },
  }
}
