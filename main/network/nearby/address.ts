import { createHash } from 'node:crypto'
import type { Address } from '../network'

const HOST = 'nearby.invalid'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
/** 256 bits are 51 letters and one bit more, so the last letter can only be one of two. */
const KEY = /^[a-z2-7]{51}[aq]$/

export const isKey = (text: string): boolean => KEY.test(text)

/** A public key's name: its SHA-256 in base32, 52 letters (RFC 4648 without padding, lower case). */
export function keyOf(publicKey: Uint8Array): string {
  const digest = createHash('sha256').update(publicKey).digest()
  let key = ''
  let value = 0
  let bits = 0
  for (const byte of digest) {
    value = ((value << 8) | byte) & 0xffff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      key += LETTERS[(value >> bits) & 31]
    }
  }
  return key + LETTERS[(value << (5 - bits)) & 31]
}

export const addressOfKey = (key: string): Address => `${key}@${HOST}`

/** The key in an address; null when the address is not a nearby one, or its key cannot be one. */
export function keyOfAddress(address: Address): string | null {
  const [key, host, ...more] = address.split('@')
  return key !== undefined && host === HOST && more.length === 0 && isKey(key) ? key : null
}

export const isNearbyAddress = (address: Address): boolean => keyOfAddress(address) !== null

/**
 * Six digits from both keys, the same on both screens whoever looks. Enough against a mistaken identity; somebody
 * who stands in the middle from the first moment can search for two keys that give equal numbers, so an invite link,
 * which carries the whole key, is the stronger way.
 */
export function numberOf(one: Address, other: Address): string {
  const [first, second] = [one, other].sort()
  const digest = createHash('sha256').update(`aftertone number\n${first}\n${second}`).digest()
  return String(digest.readUInt32BE(0) % 1_000_000).padStart(6, '0')
}
