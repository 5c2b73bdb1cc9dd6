import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../../../preload/contract/history'
import { entriesOf, findRow, historyRows } from '../../../../renderer/history/historyRows'
import { aMessage, anEntry, bob, ended } from '../examples'

const ana = { ...bob, id: 'ana', name: 'Ana' }
const miss = (id: string, person = bob): HistoryEntry => ({ ...anEntry({ id }), person })
const answered = (id: string) => anEntry({ id, state: ended('answered') })
const none = new Set<string>()

/** Lines as words: `a` a call, `a+b` misses that are one line, `[a+b]` opened ones, `(a)` a call inside. */
const words = (entries: HistoryEntry[], opened: ReadonlySet<string> = none) =>
  historyRows(entries, opened).map((row) => {
    const ids = entriesOf(row)
      .map(({ call }) => call.id)
      .join('+')
    if (row.kind === 'misses') return row.open ? `[${ids}]` : ids
    return row.inside ? `(${ids})` : ids
  })

describe('misses in a row of one person', () => {
  it.each<[what: string, entries: HistoryEntry[], lines: string[]]>([
    ['nothing', [], []],
    ['one miss is a call', [miss('a')], ['a']],
    ['two are one line', [miss('a'), miss('b')], ['a+b']],
    ['of two people they stay apart', [miss('a'), miss('b', ana), miss('c', ana)], ['a', 'b+c']],
    ['a call between parts them', [miss('a'), miss('b'), answered('c'), miss('d')], ['a+b', 'c', 'd']],
    ['calls that were answered stay', [answered('a'), answered('b')], ['a', 'b']],
    [
      'a message stands for itself',
      [miss('a'), anEntry({ id: 'b' }, [aMessage()]), miss('c')],
      ['a', 'b', 'c'],
    ],
    ['so does one that a rule removed', [miss('a'), { ...miss('b'), messageRemoved: true }], ['a', 'b']],
    ['who declined knows of it', [miss('a'), anEntry({ id: 'b', state: ended('declined') })], ['a', 'b']],
    [
      'what rings is no miss yet',
      [anEntry({ id: 'a', state: { phase: 'connecting' } }), miss('b')],
      ['a', 'b'],
    ],
    [
      'our own calls stay',
      [anEntry({ id: 'a', direction: 'out' }), anEntry({ id: 'b', direction: 'out' })],
      ['a', 'b'],
    ],
  ])('%s', (_, entries, lines) => {
    expect(words(entries)).toEqual(lines)
  })

  it('open to a line for each, and stay open whichever of them is known as open', () => {
    const three = [miss('a'), miss('b'), miss('c')]
    for (const id of ['a', 'b', 'c']) {
      expect(words(three, new Set([id]))).toEqual(['[a+b+c]', '(a)', '(b)', '(c)'])
    }
  })

  it('stay open when one more is missed and when the next page brings older ones', () => {
    const opened = new Set(['b', 'c'])
    expect(words([miss('a'), miss('b'), miss('c'), miss('d')], opened)[0]).toBe('[a+b+c+d]')
  })

  it('are no line of their own any more when all but one were deleted', () => {
    expect(words([miss('a')], new Set(['a', 'b']))).toEqual(['a'])
  })

  it('fall into one across the border of a page', () => {
    const pages = [
      [miss('a'), miss('b')],
      [miss('c'), answered('d')],
    ]
    expect(words(pages.flat())).toEqual(['a+b+c', 'd'])
  })

  it('never lose or repeat a call, whatever is in the list', () => {
    const entry = fc.record({ mine: fc.boolean(), person: fc.constantFrom(bob, ana), note: fc.boolean() })
    fc.assert(
      fc.property(fc.array(entry), (list) => {
        const entries = list.map(({ mine, person, note }, at) => ({
          ...anEntry({ id: `${at}`, direction: mine ? 'out' : 'in' }, note ? [aMessage()] : []),
          person,
        }))
        const rows = historyRows(entries, none)
        expect(rows.flatMap(entriesOf)).toEqual(entries)
        // No two lines that follow each other could be one.
        for (const [at, row] of rows.entries()) {
          const below = rows[at + 1]
          if (row.kind !== 'misses' || !below) continue
          expect(historyRows([...entriesOf(row), ...entriesOf(below)], none)).not.toHaveLength(1)
        }
      }),
    )
  })
})

describe('finding a line again', () => {
  it('by itself, by the call that fell into one, and by one that came out of one', () => {
    const rows = historyRows([answered('x'), miss('a'), miss('b')], none)
    expect(findRow(rows, 'x')).toBe(0)
    expect(findRow(rows, 'misses-a')).toBe(1)
    expect(findRow(rows, 'b')).toBe(1)
    expect(findRow(rows, 'gone')).toBe(-1)
    expect(findRow(historyRows([miss('new'), miss('a')], none), 'misses-a')).toBe(0)
    expect(findRow(historyRows([answered('new'), miss('a')], none), 'misses-a')).toBe(1)
    // Opened, the line and its first call are two.
    const opened = historyRows([miss('a'), miss('b')], new Set(['a']))
    expect([findRow(opened, 'misses-a'), findRow(opened, 'a'), findRow(opened, 'b')]).toEqual([0, 1, 2])
  })
})
