import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteRange } from '../../../main/electron/byteRange'

describe('byteRange of 100 bytes', () => {
  test.each([
    [null, { kind: 'whole' }],
    ['bytes=0-', { kind: 'part', first: 0, last: 99 }],
    ['bytes=10-19', { kind: 'part', first: 10, last: 19 }],
    ['bytes=90-500', { kind: 'part', first: 90, last: 99 }],
    ['bytes=-5', { kind: 'part', first: 95, last: 99 }],
    ['bytes=-500', { kind: 'part', first: 0, last: 99 }],
    ['bytes=99-99', { kind: 'part', first: 99, last: 99 }],
    ['bytes=100-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=-', { kind: 'whole' }],
    ['bytes=20-10', { kind: 'whole' }],
    ['bytes=0-1,5-6', { kind: 'whole' }],
    ['items=0-1', { kind: 'whole' }],
    ['bytes=a-b', { kind: 'whole' }],
  ])('%s', (header, expected) => {
    expect(byteRange(header, 100)).toEqual(expected)
  })
})

test('nothing of an empty file can be had', () => {
  expect(byteRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' })
})

test('a part always lies inside the file', () => {
  const header = fc.tuple(fc.option(fc.nat()), fc.option(fc.nat()))
  fc.assert(
    fc.property(header, fc.nat(1_000_000), ([from, to], size) => {
      const range = byteRange(`bytes=${from ?? ''}-${to ?? ''}`, size)
      if (range.kind !== 'part') return
      expect(range.first).toBeGreaterThanOrEqual(0)
      expect(range.last).toBeGreaterThanOrEqual(range.first)
      expect(range.last).toBeLessThan(size)
    }),
  )
})
