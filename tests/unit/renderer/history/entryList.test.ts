import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withEntry } from '../../../../renderer/history/entryList'
import { anEntry, ended } from '../examples'

const all = { filter: 'all', next: null } as const
const ids = (entries: { call: { id: string } }[]) => entries.map(({ call }) => call.id)

describe('withEntry', () => {
  const two = [anEntry({ id: 'b', startedAt: 20 }), anEntry({ id: 'a', startedAt: 10 })]

  it('puts a new call where its time belongs', () => {
    expect(ids(withEntry(two, anEntry({ id: 'c', startedAt: 30 }), all))).toEqual(['c', 'b', 'a'])
    expect(ids(withEntry(two, anEntry({ id: 'c', startedAt: 15 }), all))).toEqual(['b', 'c', 'a'])
    expect(ids(withEntry(two, anEntry({ id: 'c', startedAt: 5 }), all))).toEqual(['b', 'a', 'c'])
  })

  it('replaces a call that changed', () => {
    const changed = withEntry(two, anEntry({ id: 'a', startedAt: 10, seen: true }), all)
    expect(ids(changed)).toEqual(['b', 'a'])
    expect(changed[1]?.call.seen).toBe(true)
  })

  it('leaves calls of a page that is not here to that page', () => {
    const shown = { filter: 'all', next: { startedAt: 10, callId: 'a' } } as const
    expect(ids(withEntry(two, anEntry({ id: 'old', startedAt: 5 }), shown))).toEqual(['b', 'a'])
    expect(ids(withEntry(two, anEntry({ id: 'a', startedAt: 10 }), shown))).toEqual(['b', 'a'])
  })

  it('takes a call out that the filter does not want any more', () => {
    const missed = { filter: 'missed', next: null } as const
    expect(ids(withEntry(two, anEntry({ id: 'a', state: ended('answered') }), missed))).toEqual(['b'])
    expect(ids(withEntry(two, anEntry({ id: 'c', startedAt: 30, direction: 'out' }), missed))).toEqual([
      'b',
      'a',
    ])
  })

  it('keeps every list sorted and each call once, whatever comes in whatever order', () => {
    const entry = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), startedAt: fc.nat(3) })
    fc.assert(
      fc.property(fc.array(entry), (changes) => {
        const list = changes.reduce<ReturnType<typeof withEntry>>(
          (entries, change) => withEntry(entries, anEntry(change), all),
          [],
        )
        expect(new Set(ids(list)).size).toBe(list.length)
        const sorted = list.toSorted(
          ({ call: one }, { call: other }) =>
            other.startedAt - one.startedAt || (other.id > one.id ? 1 : other.id < one.id ? -1 : 0),
        )
        expect(ids(list)).toEqual(ids(sorted))
      }),
    )
  })
})
