import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatDayAndTime,
  formatInDays,
  formatLength,
  formatLengthInWords,
  formatMoment,
  formatPercent,
  formatWhen,
  pickLocale,
} from '../../../../renderer/text/formats'

describe('formatLength', () => {
  it.each([
    [0, '0:00'],
    [999, '0:00'],
    [24_000, '0:24'],
    [185_400, '3:05'],
    [3_723_000, '1:02:03'],
    [-5, '0:00'],
  ])('shows %i ms as %s', (milliseconds, shown) => {
    expect(formatLength(milliseconds)).toBe(shown)
  })

  it('never shows 60 of anything', () => {
    fc.assert(
      fc.property(fc.nat(200_000_000), (milliseconds) => {
        expect(formatLength(milliseconds)).toMatch(/^(\d+:)?[0-5]?\d:[0-5]\d$/)
      }),
    )
  })
})

describe('formatLengthInWords', () => {
  it('says each part that counts', () => {
    expect(formatLengthInWords(65_000)).toBe('1 minute 5 seconds')
    expect(formatLengthInWords(3_600_000)).toBe('1 hour')
    expect(formatLengthInWords(0)).toBe('0 seconds')
  })
})

describe('formatPercent', () => {
  it('does not say 100 before it is done, and stays within bounds', () => {
    expect(formatPercent(0.999)).toBe('99%')
    expect(formatPercent(1)).toBe('100%')
    expect(formatPercent(-1)).toBe('0%')
    expect(formatPercent(7)).toBe('100%')
  })
})

describe('formatWhen', () => {
  const now = new Date(2026, 2, 4, 0, 30).getTime()
  const hour = 3_600_000

  it('shows the time for what was today', () => {
    expect(formatWhen(now - 1_000, now)).toMatch(/\d.*29/)
  })

  it('says yesterday from midnight on, not a day ago', () => {
    expect(formatWhen(now - hour, now)).toBe('Yesterday')
  })

  it('names a weekday within the week, then the date', () => {
    expect(formatWhen(now - 3 * 24 * hour, now)).toBe('Sunday')
    expect(formatWhen(now - 30 * 24 * hour, now)).not.toMatch(/2026/)
    expect(formatWhen(now - 400 * 24 * hour, now)).toMatch(/2025/)
  })

  it('takes a clock that is ahead for today', () => {
    expect(formatWhen(now + 48 * hour, now)).toMatch(/\d/)
    expect(formatDayAndTime(now + 48 * hour, now)).toMatch(/^Today, /)
  })

  it('adds the time to a day', () => {
    expect(formatDayAndTime(now - hour, now)).toMatch(/^Yesterday, .*30/)
  })
})

describe('pickLocale', () => {
  it('takes the person’s own English, else British', () => {
    expect(pickLocale(['de-DE', 'en-AU', 'en-US'])).toBe('en-AU')
    expect(pickLocale(['de-DE'])).toBe('en-GB')
    expect(pickLocale([])).toBe('en-GB')
  })
})

describe('formatBytes', () => {
  it.each([
    [0, '0 kB'],
    [1, '1 kB'],
    [340_200, '341 kB'],
    [999_001, '1 MB'],
    [45_400_000, '45 MB'],
    [999_600_000, '1 GB'],
    [1_240_000_000, '1.2 GB'],
  ])('shows %i as %s', (bytes, shown) => {
    expect(formatBytes(bytes)).toBe(shown)
  })
})

describe('formatMoment', () => {
  const noon = new Date(2026, 2, 4, 12, 0).getTime()
  const day = 24 * 3_600_000
  it.each([
    ['later today', noon + 3_600_000, /^\d{1,2}:00/],
    ['a moment that has passed', noon - 3_600_000, /^\d{1,2}:00/],
    ['tomorrow', noon + day, /^tomorrow, .*12:00/],
    ['within a week', noon + 3 * day, /^Saturday, .*12:00/],
    ['later', noon + 10 * day, /^(14 Mar|Mar 14), .*12:00/],
  ])('says %s', (_, time, shown) => expect(formatMoment(time, noon)).toMatch(shown))
})

describe('formatInDays', () => {
  const now = new Date(2026, 2, 4, 23, 30).getTime()
  it.each([
    [new Date(2026, 2, 4, 23, 59), 'today'],
    [new Date(2026, 2, 5, 0, 1), 'tomorrow'],
    [new Date(2026, 2, 10, 8), 'in 6 days'],
    // What is late already goes today.
    [new Date(2026, 2, 1), 'today'],
  ])('%s is %s', (time, shown) => {
    expect(formatInDays(time.getTime(), now)).toBe(shown)
  })
})
