import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passes, withEntry } from '../../../../renderer/history/entryList'
import { aMessage, anEntry, bob, ended } from '../examples'

const all = { filter: 'all', search: '', newer: null, next: null } as const
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
    const shown = { ...all, next: { startedAt: 10, callId: 'a' } }
    expect(ids(withEntry(two, anEntry({ id: 'old', startedAt: 5 }), shown))).toEqual(['b', 'a'])
    expect(ids(withEntry(two, anEntry({ id: 'a', startedAt: 10 }), shown))).toEqual(['b', 'a'])
  })

  it('takes a call out that the filter does not want any more', () => {
    const missed = { ...all, filter: 'missed' } as const
    expect(ids(withEntry(two, anEntry({ id: 'a', state: ended('answered') }), missed))).toEqual(['b'])
    expect(ids(withEntry(two, anEntry({ id: 'c', startedAt: 30, direction: 'out' }), missed))).toEqual([
      'b',
      'a',
    ])
  })

  it('leaves newer calls to the pages above, when the list was entered at its end', () => {
    const shown = { ...all, newer: { startedAt: 20, callId: 'b' } }
    expect(ids(withEntry(two, anEntry({ id: 'new', startedAt: 30 }), shown))).toEqual(['b', 'a'])
    expect(ids(withEntry(two, anEntry({ id: 'between', startedAt: 15 }), shown))).toEqual([
      'b',
      'between',
      'a',
    ])
    const changed = withEntry(two, anEntry({ id: 'b', startedAt: 20, seen: true }), shown)
    expect(changed[0]?.call.seen).toBe(true)
  })

  it('changes what a search found and adds nothing to it', () => {
    const found = { ...all, search: 'bob' }
    expect(ids(withEntry(two, anEntry({ id: 'c', startedAt: 30 }), found))).toEqual(['b', 'a'])
    expect(withEntry(two, anEntry({ id: 'a', startedAt: 10, seen: true }), found)[1]?.call.seen).toBe(true)
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

describe('passes', () => {
  const note = aMessage({ content: { kind: 'text', text: 'Hello' } })
  const sound = aMessage({ content: { kind: 'audio', durationMs: 1_000, size: 1, waveform: [] } })
  const entries = {
    missed: anEntry(),
    answered: anEntry({ state: ended('answered') }),
    ours: anEntry({ direction: 'out' }),
    note: anEntry({}, [note]),
    sound: anEntry({ direction: 'out' }, [sound]),
    two: anEntry({ state: ended('answered') }, [note, aMessage()]),
    unknown: { ...anEntry(), person: { ...bob, contact: false } },
    oursUnknown: { ...anEntry({ direction: 'out' }), person: { ...bob, contact: false } },
  }
  const everything = Object.keys(entries)
  it.each([
    ['all', everything],
    ['missed', ['missed', 'note', 'unknown']],
    ['messages', ['note', 'sound', 'two']],
    ['video', ['two']],
    ['audio', ['sound']],
    ['notes', ['note', 'two']],
    ['outgoing', ['ours', 'sound', 'oursUnknown']],
    ['unknown', ['unknown']],
  ] as const)('%s', (filter, shown) => {
    const through = Object.entries(entries).filter(([, entry]) => passes(filter, entry))
    expect(through.map(([name]) => name)).toEqual(shown)
  })
})
