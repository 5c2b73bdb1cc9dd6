import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hueOf, initials } from '../../../../renderer/components/initials'
import { fewerPeaks } from '../../../../renderer/components/peaks'
import { sixDigits } from '../../../../renderer/people/sixDigits'
import { nextRate } from '../../../../renderer/player/usePlayback'

describe('initials', () => {
  it.each([
    ['Ana Ruiz', 'AR'],
    ['bob', 'B'],
    ['Ana María de la Ruiz', 'AR'],
    ['  ', '?'],
    ['🦊 Fox', '🦊F'],
    ['élan', 'É'],
  ])('of “%s” are %s', (name, letters) => {
    expect(initials(name)).toBe(letters)
  })
})

describe('hueOf', () => {
  it('is a hue, always the same, and never olive', () => {
    fc.assert(
      fc.property(fc.string(), (address) => {
        expect(hueOf(address)).toBe(hueOf(address))
        expect(hueOf(address)).toSatisfy((hue: number) => (hue >= 0 && hue < 60) || (hue >= 135 && hue < 360))
      }),
    )
  })
})

describe('fewerPeaks', () => {
  it('keeps the loudest, never more bars than asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100)), fc.integer({ min: 1, max: 50 }), (peaks, bars) => {
        const fewer = fewerPeaks(peaks, bars)
        expect(fewer.length).toBe(Math.min(peaks.length, bars))
        if (peaks.length > 0) expect(Math.max(...fewer)).toBe(Math.max(...peaks))
      }),
    )
  })
})

describe('nextRate', () => {
  it('walks through the offered speeds and stays at the ends', () => {
    expect(nextRate(1, 1)).toBe(1.25)
    expect(nextRate(0.75, -1)).toBe(0.75)
    expect(nextRate(2, 1)).toBe(2)
    expect(nextRate(1.1, 1)).toBe(1.25)
  })
})

describe('sixDigits', () => {
  it('parts three from three', () => {
    expect(sixDigits('123456')).toBe('123 456')
    expect(sixDigits('12')).toBe('12')
  })
})
