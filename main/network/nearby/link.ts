import type { TLSSocket } from 'node:tls'
import type { Clock } from '../../clock'
import type { Log } from '../../log'
import type { Address } from '../network'
import type { Packet } from '../session/packet'
import type { Codec } from '../stanzas/codec'
import { HANDSHAKE_LIMIT_MS } from './secureSocket'

/** One stream of stanzas to one device, whose key is proven. */
export type Link = {
  readonly peer: Address
  /** Where the other end's connection comes from. */
  readonly remoteHost: string
  /** Resolves true once they opened their half, which says that they let us in; false when they don't. */
  readonly opened: Promise<boolean>
  readonly gone: Promise<void>
  /** Resolves false when it could not be written. */
  send(packet: Packet): Promise<boolean>
  /** Asks for a sign of life, and closes when none comes. */
  probe(): void
  /** Says goodbye. */
  close(): void
  destroy(): void
}

const KEEP_ALIVE_MS = 15_000
/** Nothing heard for so long makes the next word doubtful. */
const QUIET_MS = 10_000
const PROBE_LIMIT_MS = 6_000
const MOST_UNSENT_BYTES = 4 * 1024 * 1024
const MOST_COMPLAINTS = 5

export function createLink({
  socket,
  codec,
  self,
  peer,
  clock,
  onOpen,
  onPacket,
  onClose,
  log,
}: {
  socket: TLSSocket
  codec: Codec
  self: Address
  peer: Address
  clock: Clock
  onOpen: (link: Link) => void
  onPacket: (packet: Packet, link: Link) => void
  onClose: (link: Link) => void
  log: Log
}): Link {
  let heardAt = clock.now()
  let complaints = 0
  let probes = 0
  let stopProbe: (() => void) | null = null
  let settleOpened = (_open: boolean): void => {}
  const opened = new Promise<boolean>((settle) => {
    settleOpened = settle
  })
  let settleGone = (): void => {}
  const gone = new Promise<void>((settle) => {
    settleGone = settle
  })
  const stopHandshake = clock.after(HANDSHAKE_LIMIT_MS, () => socket.destroy())

  const reader = codec.createReader({
    onOpen() {
      stopHandshake()
      settleOpened(true)
      onOpen(link)
    },
    onPacket(packet) {
      if (packet.kind === 'probe') void link.send({ kind: 'done', requestId: packet.requestId })
      else onPacket(packet, link)
    },
    onBad(why) {
      complaints += 1
      if (complaints <= MOST_COMPLAINTS) log.warn('a stanza was dropped', { why })
    },
    onClose: () => socket.end(),
  })

  const link: Link = {
    peer,
    remoteHost: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    opened,
    gone,
    send(packet) {
      if (socket.destroyed || socket.writableEnded) return Promise.resolve(false)
      if (socket.writableLength > MOST_UNSENT_BYTES) {
        log.warn('a peer does not read; its link is closed')
        socket.destroy()
        return Promise.resolve(false)
      }
      const xml = codec.encode(packet, peer)
      if (packet.kind !== 'probe' && clock.now() - heardAt > QUIET_MS) link.probe()
      return new Promise((settle) => socket.write(xml, (error) => settle(!error)))
    },
    probe() {
      if (stopProbe) return
      stopProbe = clock.after(PROBE_LIMIT_MS, () => socket.destroy())
      probes += 1
      void link.send({ kind: 'probe', requestId: `probe-${probes}` })
    },
    close() {
      if (!socket.destroyed) socket.end(codec.footer)
    },
    destroy: () => socket.destroy(),
  }

  socket.setEncoding('utf8')
  socket.setNoDelay(true)
  socket.setKeepAlive(true, KEEP_ALIVE_MS)
  socket.on('data', (text: string) => {
    heardAt = clock.now()
    stopProbe?.()
    stopProbe = null
    if (!reader.write(text) && !socket.writableEnded) {
      log.warn('a link was closed for what it said')
      socket.destroy()
    }
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    stopHandshake()
    stopProbe?.()
    settleOpened(false)
    settleGone()
    onClose(link)
  })
  socket.write(codec.header(self, peer))
  return link
}
