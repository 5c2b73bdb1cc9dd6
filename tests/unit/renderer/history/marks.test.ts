import { describe, expect, it } from 'vitest'
import { allMarks, hasMarks, markedBy, noMarks, toggled, without } from '../../../../renderer/history/marks'

const marked = (marks: Parameters<typeof markedBy>[0]) => ['a', 'b', 'c'].filter(markedBy(marks))

describe('marks', () => {
  it('none, all', () => {
    expect(marked(noMarks)).toEqual([])
    expect(hasMarks(noMarks)).toBe(false)
    expect(marked(allMarks)).toEqual(['a', 'b', 'c'])
    expect(hasMarks(allMarks)).toBe(true)
  })

  it('change one by one, also when all are marked', () => {
    const two = toggled(toggled(noMarks, ['a']), ['b'])
    expect(marked(two)).toEqual(['a', 'b'])
    expect(marked(toggled(two, ['a']))).toEqual(['b'])
    const butOne = toggled(allMarks, ['b'])
    expect(marked(butOne)).toEqual(['a', 'c'])
    expect(marked(toggled(butOne, ['b']))).toEqual(['a', 'b', 'c'])
  })

  it('take a line with several calls as a whole', () => {
    const one = toggled(noMarks, ['a'])
    expect(marked(toggled(one, ['a', 'b']))).toEqual(['a', 'b'])
    expect(marked(toggled(toggled(one, ['a', 'b']), ['a', 'b']))).toEqual([])
    expect(marked(toggled(toggled(allMarks, ['a']), ['a', 'b']))).toEqual(['a', 'b', 'c'])
  })

  it('forget what is gone', () => {
    expect(without(toggled(noMarks, ['a', 'b']), new Set(['a']))).toEqual({ all: false, callIds: ['b'] })
  })
})
