import { expect, test } from 'vitest'
import { readAddress } from '../../../main/people/address'

const letters = `${'ab23'.repeat(12)}ab2q`
const key = `${letters}@nearby.invalid`

test.each([
  [key, key],
  [` ${key.toUpperCase()}\n`, key],
  ['Bob@Example.org', 'bob@example.org'],
  ['ab23@nearby.invalid', null],
  [`a${letters}@nearby.invalid`, null],
  [`${'a1'.repeat(26)}@nearby.invalid`, null],
  ['bob', null],
  ['@example.org', null],
  ['bob@', null],
  ['bob@example.org/phone', null],
  ['bob smith@example.org', null],
  ['a@b@c', null],
  ['', null],
])('%j reads as %j', (text, address) => {
  expect(readAddress(text)).toBe(address)
})
