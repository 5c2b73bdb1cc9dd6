import type { AddressInfo } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import { failed, ok, type Result } from '../../../preload/contract/result'
import type { Address } from '../network'
import { keyOfAddress } from './address'
import { addressOf, addressOfPeer, type Identity } from './identity'
import { FILES, HANDSHAKE_LIMIT_MS, STANZAS, tlsOptions } from './secureSocket'

export type Listener = { readonly port: number; close(): Promise<void> }

const MOST_CONNECTIONS = 128
/** Below the ports that systems hand out by themselves, so that ours is mostly free. */
const FIRST_PORT = 20_000
const PORTS = 12_000

/** The same port at every start, since invites carry it; each key has its own, so that two can share a machine. */
export function preferredPort(self: Address): number {
  const key = keyOfAddress(self) ?? ''
  let sum = 0
  for (const letter of key) sum = (sum * 31 + letter.charCodeAt(0)) % PORTS
  return FIRST_PORT + sum
}

/**
 * The one port that we listen on. Who connects has proven a key; the rest is closed without a word.
 */
export async function listen({
  identity,
  bind,
  onStanzas,
  onFiles,
}: {
  identity: Identity
  bind: string | null
  onStanzas: (socket: TLSSocket, peer: Address) => void
  onFiles: (socket: TLSSocket, peer: Address) => void
}): Promise<Result<Listener, { kind: 'port-taken' }>> {
  const sockets = new Set<TLSSocket>()
  const server = createServer(
    {
      ...tlsOptions(identity),
      requestCert: true,
      ALPNProtocols: [STANZAS, FILES],
      handshakeTimeout: HANDSHAKE_LIMIT_MS,
    },
    (socket) => {
      socket.on('error', () => socket.destroy())
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      const peer = addressOfPeer(socket)
      if (!peer) socket.destroy()
      else if (socket.alpnProtocol === STANZAS) onStanzas(socket, peer)
      else if (socket.alpnProtocol === FILES) onFiles(socket, peer)
      else socket.destroy()
    },
  )
  server.maxConnections = MOST_CONNECTIONS
  // A handshake that fails is the other end's affair; Node has closed its socket.
  server.on('tlsClientError', () => {})

  const bound = (port: number): Promise<boolean> =>
    new Promise((settle) => {
      const onError = (): void => settle(false)
      server.once('error', onError)
      server.listen({ port, ...(bind !== null && { host: bind }) }, () => {
        server.off('error', onError)
        settle(true)
      })
    })
  const listening = (await bound(preferredPort(addressOf(identity)))) || (await bound(0))
  if (!listening) return failed({ kind: 'port-taken' })
  server.on('error', () => {})
  return ok({
    port: (server.address() as AddressInfo).port, // a TCP server's address is never a pipe's name
    close: () =>
      new Promise((settle) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => settle())
      }),
  })
}
