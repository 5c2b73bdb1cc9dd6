import { describe, expect, test } from 'vitest'
import { untilChoices, untilOf, untilValue } from '../../../../renderer/settings/availabilityChoices'

const now = new Date(2026, 2, 4, 14, 22).getTime()
const HOUR = 3_600_000

describe('not available until', () => {
  test('is what was chosen, counted from then', () => {
    const moments = untilChoices(null, now).map(({ value }) => untilOf(value, now))
    expect(moments).toEqual([
      null,
      now + HOUR / 2,
      now + HOUR,
      now + 4 * HOUR,
      new Date(2026, 2, 5, 8, 0).getTime(),
    ])
  })

  test('shows a moment that is set, and keeps it', () => {
    const until = now + 12_345
    const choices = untilChoices(until, now)
    const shown = choices.find(({ value }) => value === untilValue(until))
    expect(shown?.label).toMatch(/\d:22/)
    expect(untilOf(untilValue(until), now + HOUR)).toBe(until)
    expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length)
  })

  test('none is until it is changed', () => {
    expect(untilChoices(null, now)[0]).toEqual({ value: untilValue(null), label: 'I change it' })
  })
})
