import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { failed, ok, type Result } from '../../../preload/contract/result'
import type { Address } from '../network'
import { addressOfKey, keyOf } from './address'
import { selfSignedCertificate } from './certificate'

/** Who this device is to others; both parts are PEM. The key never leaves the device. */
export type Identity = { privateKey: string; certificate: string }

const keyOfPublic = (publicKey: KeyObject): string => keyOf(publicKey.export({ type: 'spki', format: 'der' }))

/** A new P-256 key with its certificate, in a few milliseconds. */
export function createIdentity(): Identity {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: selfSignedCertificate(keys),
  }
}

export const addressOf = (identity: Identity): Address =>
  addressOfKey(keyOfPublic(createPublicKey(identity.privateKey)))

/** Reads what was stored; `identity-unreadable` when it is no key with its certificate. */
export function parseIdentity(stored: Identity): Result<Identity, { kind: 'identity-unreadable' }> {
  try {
    const matches = new X509Certificate(stored.certificate).checkPrivateKey(
      createPrivateKey(stored.privateKey),
    )
    return matches ? ok(stored) : failed({ kind: 'identity-unreadable' })
  } catch {
    return failed({ kind: 'identity-unreadable' })
  }
}

/** Whose key the other end of a TLS connection proved to have; null without a certificate. */
export function addressOfPeer(socket: TLSSocket): Address | null {
  const { raw } = socket.getPeerCertificate()
  return raw?.length ? addressOfKey(keyOfPublic(new X509Certificate(raw).publicKey)) : null
}
