import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { announcement, SERVICE, sightingsIn } from '../../../../main/network/nearby/dnsRecords'
import { addressOf, createIdentity } from '../../../../main/network/nearby/identity'

const key = addressOf(createIdentity()).slice(0, 52)
const device = { key, name: 'Ana Ruiz', address: '192.0.2.7', port: 23_456, ttlSeconds: 120 }

/** As it comes from the wire: TXT strings are bytes there. */
type Record = { name: string; type: string; ttl?: number; data: unknown }
function onTheWire(of: typeof device): Record[] {
  return (announcement(of) as Record[]).map((record) =>
    record.type === 'TXT'
      ? { ...record, data: (record.data as string[]).map((text) => Buffer.from(text)) }
      : record,
  )
}
const records = onTheWire(device)
const seen = { key, name: 'Ana Ruiz', endpoints: [{ host: '192.0.2.7', port: 23_456 }], ttlSeconds: 120 }

/** The announcement with one record changed. */
const changed = (type: string, change: Partial<Record>): Record[] =>
  records.map((record) => (record.type === type ? { ...record, ...change } : record))
const withText = (...texts: string[]): Record[] =>
  changed('TXT', { data: texts.map((text) => Buffer.from(text, 'latin1')) })

describe('an announcement', () => {
  test('tells all that it takes to dial, in one answer', () => {
    expect(records.map((record) => record.type)).toEqual(['PTR', 'SRV', 'TXT', 'A'])
    expect(records[0]).toMatchObject({ name: SERVICE, data: `${key}.${SERVICE}` })
    expect(sightingsIn(records, false)).toEqual([seen])
  })
  test('says goodbye with a time to live of 0', () => {
    expect(sightingsIn(onTheWire({ ...device, ttlSeconds: 0 }), false)).toMatchObject([
      { key, ttlSeconds: 0 },
    ])
  })
  test('cuts a long name between characters, so that the string stays within its 255 bytes', () => {
    const [sighting] = sightingsIn(onTheWire({ ...device, name: '🎉'.repeat(100) }), false)
    const text = onTheWire({ ...device, name: 'あ'.repeat(100) }).find((record) => record.type === 'TXT')
    const lines = (text?.data ?? []) as Buffer[]
    expect(Math.max(...lines.map((line) => line.length))).toBe(251)
    expect(sighting?.name).toMatch(/^(🎉)+$/u)
  })
})

describe('a hostile response', () => {
  for (const [what, hostile] of [
    ['another version', withText('v=2', `id=${key}`)],
    ['no key', withText('v=1', 'n=x')],
    ['a key that cannot be one', withText('v=1', `id=${'1'.repeat(52)}`)],
    ['a key of another length', withText('v=1', `id=${key}a`)],
    ['text of no form', withText('\xff\xfe\x00', '=', 'v', '')],
    ['text that is no list', changed('TXT', { data: 'v=1' })],
    ['text without end', withText(...Array(100).fill('v=1'))],
    ['no text', records.filter((record) => record.type !== 'TXT')],
    ['text of another instance', changed('TXT', { name: `x.${SERVICE}` })],
    ['port 0', changed('SRV', { data: { port: 0, target: `${key}.local` } })],
    ['port 70000', changed('SRV', { data: { port: 70_000, target: `${key}.local` } })],
    ['no data', changed('SRV', { data: null })],
    ['another service', changed('SRV', { name: `${key}._http._tcp.local` })],
    ['a negative time', changed('SRV', { ttl: -1 })],
    ['no address', records.filter((record) => record.type !== 'A')],
    ['an address of another host', changed('A', { name: 'x.local' })],
    ['loopback as its address', changed('A', { data: '127.0.0.1' })],
    ['a multicast address', changed('A', { data: '224.0.0.251' })],
    ['broadcast', changed('A', { data: '255.255.255.255' })],
    ['the unspecified address', changed('A', { data: '0.0.0.0' })],
    ['an address that is none', changed('A', { data: '192.0.2.7; rm -rf' })],
  ] as const) {
    test(`with ${what} is not seen`, () => expect(sightingsIn([...hostile], false)).toEqual([]))
  }

  test('on loopback is seen on loopback only', () => {
    const loopback = changed('A', { data: '127.0.0.1' })
    expect(sightingsIn(loopback, true)).toMatchObject([{ endpoints: [{ host: '127.0.0.1' }] }])
    expect(sightingsIn(records, true)).toEqual([])
  })
  test('with a name that turns the writing around, or breaks the line, has it cleaned', () => {
    const [sighting] = sightingsIn(
      changed('TXT', { data: ['v=1', `id=${key}`, 'n=a\u202eb\nc\u0000'].map((text) => Buffer.from(text)) }),
      false,
    )
    expect(sighting?.name).toBe('a b c')
  })
  test('with the key twice counts the first', () => {
    const [sighting] = sightingsIn(withText('v=1', `id=${key}`, 'id=x', 'n=a', 'n=b'), false)
    expect(sighting).toMatchObject({ key, name: 'a' })
  })
  test('with a hundred addresses has eight', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({
      name: `${key}.local`,
      type: 'A',
      ttl: 1,
      data: `192.0.2.${index + 1}`,
    }))
    const [sighting] = sightingsIn([...records.slice(0, 3), ...many], false)
    expect(sighting?.endpoints).toHaveLength(8)
  })
  test('with a time of years counts for five minutes', () => {
    expect(sightingsIn(changed('SRV', { ttl: 2 ** 31 }), false)).toMatchObject([{ ttlSeconds: 300 }])
  })
  test('of any shape never throws', () => {
    const data = fc.oneof(fc.string(), fc.integer(), fc.array(fc.uint8Array().map(Buffer.from)), fc.object())
    const record = fc.record({
      name: fc.constantFrom(`${key}.${SERVICE}`, `${key}.local`, '', SERVICE),
      type: fc.constantFrom('SRV', 'TXT', 'A', 'PTR', 'OPT'),
      ttl: fc.oneof(fc.integer(), fc.constant(undefined)),
      data,
    })
    fc.assert(fc.property(fc.array(fc.oneof(record, fc.anything())), (all) => void sightingsIn(all, false)))
  })
})
