import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addressOfKey,
  isNearbyAddress,
  keyOf,
  keyOfAddress,
  numberOf,
} from '../../../../main/network/nearby/address'
import { addressOf, createIdentity, parseIdentity } from '../../../../main/network/nearby/identity'

const identity = createIdentity()
const address = addressOf(identity)

describe('an identity', () => {
  test('is a P-256 key with a certificate that OpenSSL reads, signed by itself', () => {
    const certificate = new X509Certificate(identity.certificate)
    expect(certificate.checkPrivateKey(createPrivateKey(identity.privateKey))).toBe(true)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.subject).toBe('CN=Aftertone')
    expect(certificate.issuer).toBe(certificate.subject)
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
    expect(new Date(certificate.validTo).getUTCFullYear()).toBe(9999)
    expect(new Date(certificate.validFrom).getTime()).toBeLessThan(Date.now())
    expect(certificate.serialNumber).toMatch(/^40[0-9A-F]{30}$/)
  })

  test('has 52 letters of its public key as its address', () => {
    const spki = createPublicKey(identity.privateKey).export({ type: 'spki', format: 'der' })
    expect(address).toBe(`${keyOf(spki)}@nearby.invalid`)
    expect(address).toMatch(/^[a-z2-7]{52}@nearby\.invalid$/)
    expect(addressOf(createIdentity())).not.toBe(address)
  })

  test('is read back, and refused when it is none or its parts do not belong together', () => {
    expect(parseIdentity(identity)).toEqual({ ok: true, value: identity })
    const unreadable = { ok: false, failure: { kind: 'identity-unreadable' } }
    expect(parseIdentity({ ...identity, certificate: 'x' })).toEqual(unreadable)
    expect(parseIdentity({ ...identity, privateKey: '' })).toEqual(unreadable)
    expect(parseIdentity({ ...identity, certificate: createIdentity().certificate })).toEqual(unreadable)
  })
})

test('a key is base32 of SHA-256 (RFC 4648)', () => {
  // Worked out by hand from the digest's bits, without the shifting that the product does.
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const bits = [...createHash('sha256').update(bytes).digest()]
        .map((byte) => byte.toString(2).padStart(8, '0'))
        .join('')
        .padEnd(260, '0')
      const letters = (bits.match(/.{5}/g) ?? []).map(
        (five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)],
      )
      expect(keyOf(bytes)).toBe(letters.join(''))
    }),
  )
})

describe('an address', () => {
  test('gives back its key', () => {
    expect(keyOfAddress(address)).toBe(address.slice(0, 52))
    expect(addressOfKey(address.slice(0, 52))).toBe(address)
  })
  for (const wrong of [
    '',
    'bob@example.org',
    address.slice(1),
    `a${address}`,
    `${address}/device`,
    `${address}@x`,
    address.toUpperCase(),
    address.replace('nearby.invalid', 'nearby.invalid.example'),
    // The last letter carries one bit only.
    `${'a'.repeat(51)}b@nearby.invalid`,
    `${'1'.repeat(52)}@nearby.invalid`,
  ]) {
    test(`is not "${wrong.slice(0, 70)}"`, () => expect(isNearbyAddress(wrong)).toBe(false))
  }
})

describe('the number of two people', () => {
  const other = addressOf(createIdentity())
  test('is the same on both screens, six digits', () => {
    expect(numberOf(address, other)).toBe(numberOf(other, address))
    expect(numberOf(address, other)).toMatch(/^\d{6}$/)
  })
  test('is another one for another pair', () => {
    const numbers = new Set(
      Array.from({ length: 50 }, (_, index) => numberOf(address, `${String(index)}@nearby.invalid`)),
    )
    expect(numbers.size).toBeGreaterThan(45)
  })
  test('stays what it is from version to version', () => {
    expect(numberOf(`${'a'.repeat(52)}@nearby.invalid`, `${'b'.repeat(51)}q@nearby.invalid`)).toBe('922801')
  })
})
