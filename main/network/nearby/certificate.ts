import { type KeyObject, randomBytes, sign } from 'node:crypto'

/**
 * A self-signed X.509 certificate in the few DER structures that it takes (RFC 5280), since TLS wants one around
 * our key. Nobody reads what it says: peers compare the key itself.
 */

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes])
  return bytes < 0x100 ? Buffer.from([0x81, bytes]) : Buffer.from([0x82, bytes >> 8, bytes & 0xff])
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), length(body.length), body])
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, ...parts)
const objectId = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'))
const generalizedTime = (time: Date): Buffer =>
  tagged(0x18, Buffer.from(time.toISOString().replace(/[-:T]|\.\d+/g, '')))

const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'))
const COMMON_NAME = objectId('550403')
const VERSION_3 = tagged(0xa0, tagged(0x02, Buffer.from([2])))
/** Peers pin the key for ever, so the certificate must not be what ends (GeneralizedTime from 2050 on). */
const VALID_FROM = new Date('2020-01-01T00:00:00Z')
const VALID_UNTIL = new Date('9999-12-31T23:59:59Z')

/** @returns PEM, signed with ECDSA and SHA-256; the keys must be of a curve that fits, P-256 */
export function selfSignedCertificate(keys: { privateKey: KeyObject; publicKey: KeyObject }): string {
  const name = sequence(tagged(0x31, sequence(COMMON_NAME, tagged(0x0c, Buffer.from('Aftertone')))))
  // A serial number is a positive integer of at most 20 bytes.
  const serial = tagged(0x02, Buffer.concat([Buffer.from([0x40]), randomBytes(15)]))
  const toSign = sequence(
    VERSION_3,
    serial,
    ECDSA_WITH_SHA256,
    name,
    sequence(generalizedTime(VALID_FROM), generalizedTime(VALID_UNTIL)),
    name,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = tagged(0x03, Buffer.from([0]), sign('sha256', toSign, keys.privateKey))
  const lines =
    sequence(toSign, ECDSA_WITH_SHA256, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
