import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanLine, nameFor } from '../../../main/people/shownText'

const key = `${'ab23'.repeat(13)}@nearby.invalid`

describe('a name from somebody else', () => {
  test.each([
    ['Ana Ruiz', 'Ana Ruiz'],
    ['  Ana \n\t Ruiz  ', 'Ana Ruiz'],
    ['Ana\u0000\u0007Ruiz', 'Ana Ruiz'],
    ['Bob\u202egnp.exe', 'Bob gnp.exe'],
    ['\u2066Bob\u2069', 'Bob'],
    ['Bo\u200bb\ufeff', 'Bo b'],
    ['Bob\u2028Missed call', 'Bob Missed call'],
    ['مریم‌جان', 'مریم‌جان'],
    ['👩‍🚀 Eva', '👩‍🚀 Eva'],
    ['half \ud83d', 'half'],
  ])('%j is shown as %j', (name, shown) => {
    expect(nameFor(name, key)).toBe(shown)
  })

  test.each(['', '   ', '\u200b\u200e', '\u200d\u200c', '\u0000'])(
    '%j is invisible: the key steps in',
    (name) => {
      expect(nameFor(name, key)).toBe('ab23ab23')
    },
  )

  test('nobody with an odd address goes without a name', () => {
    expect(nameFor('', 'bob@example.org')).toBe('bob')
    expect(nameFor('', '@')).not.toBe('')
  })

  test('a name is cut at 100, never through a character', () => {
    expect(nameFor('x'.repeat(5_000), key)).toBe('x'.repeat(100))
    expect(nameFor(`${'x'.repeat(99)}😀`, key)).toBe('x'.repeat(99))
  })

  test('whatever comes in, one safe line comes out, and cleaning it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const line = cleanLine(text, 100)
        expect(line.length).toBeLessThanOrEqual(100)
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
        expect(cleanLine(line, 100)).toBe(line)
      }),
      { numRuns: 500 },
    )
  })
})
