import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { failed, ok, type Result } from '../../../preload/contract/result'
import type { Clock } from '../../clock'
import type { Address } from '../network'
import type { Endpoint } from './endpoint'
import { addressOfPeer, type Identity } from './identity'

/** What the two kinds of connection on our one port are called in the TLS handshake. */
export const STANZAS = 'xmpp-server'
export const FILES = 'http/1.1'
export type Protocol = typeof STANZAS | typeof FILES

export type DialFailure = { kind: 'unreachable' } | { kind: 'wrong-key' }

/** From the first packet to a proven key. */
export const HANDSHAKE_LIMIT_MS = 5_000

/**
 * Both ends show a certificate, and both compare its key with the one they expect; who signed it says nothing, so
 * Node's own check is off.
 */
export const tlsOptions = (identity: Identity) => ({
  key: identity.privateKey,
  cert: identity.certificate,
  rejectUnauthorized: false,
  minVersion: 'TLSv1.3' as const,
})

/**
 * Dials all endpoints at once and takes the first where the right key answers; the others are closed unused.
 * @param from our own address to dial from; null lets the system choose
 */
export async function dial({
  endpoints,
  expected,
  protocol,
  identity,
  from,
  clock,
}: {
  endpoints: Endpoint[]
  expected: Address
  protocol: Protocol
  identity: Identity
  from: string | null
  clock: Clock
}): Promise<Result<TLSSocket, DialFailure>> {
  const attempts = endpoints.map((endpoint) =>
    attempt({ endpoint, expected, protocol, identity, from, clock }),
  )
  const first = await Promise.any(
    attempts.map(async (one) => {
      const socket = await one
      if (!socket.ok) throw new Error(socket.failure.kind)
      return socket.value
    }),
  ).catch(() => null)
  if (first) {
    for (const one of attempts) {
      void one.then((other) => {
        if (other.ok && other.value !== first) other.value.destroy()
      })
    }
    return ok(first)
  }
  const results = await Promise.all(attempts)
  const isWrong = results.some((result) => !result.ok && result.failure.kind === 'wrong-key')
  return failed({ kind: isWrong ? 'wrong-key' : 'unreachable' })
}

function attempt({
  endpoint,
  expected,
  protocol,
  identity,
  from,
  clock,
}: {
  endpoint: Endpoint
  expected: Address
  protocol: Protocol
  identity: Identity
  from: string | null
  clock: Clock
}): Promise<Result<TLSSocket, DialFailure>> {
  const options: ConnectionOptions = {
    ...endpoint,
    ...tlsOptions(identity),
    ALPNProtocols: [protocol],
    ...(from !== null && { localAddress: from }),
  }
  return new Promise((settle) => {
    const socket = connect(options)
    const giveUp = (kind: DialFailure['kind']): void => {
      socket.destroy()
      settle(failed({ kind }))
    }
    const stopTimer = clock.after(HANDSHAKE_LIMIT_MS, () => giveUp('unreachable'))
    socket.on('error', () => giveUp('unreachable'))
    socket.on('close', () => {
      stopTimer()
      settle(failed({ kind: 'unreachable' }))
    })
    socket.on('secureConnect', () => {
      stopTimer()
      if (addressOfPeer(socket) !== expected) giveUp('wrong-key')
      else if (socket.alpnProtocol !== protocol) giveUp('unreachable')
      else settle(ok(socket))
    })
  })
}
