import { describe, expect, it } from 'vitest'
import { createPictureCheck, createSilenceCheck, meanLuma } from '../../../../renderer/recorder/selfCheck'

const grey = (value: number, count = 32 * 18) =>
  Uint8ClampedArray.from({ length: count * 4 }, (_, at) => (at % 4 === 3 ? 255 : value))
const noisy = (value: number, seed: number) =>
  grey(value).map((byte, at) => (at % 4 === 3 ? byte : byte + ((at * 7 + seed * 13) % 5)))

describe('silence', () => {
  it('is said after two seconds, not before', () => {
    const isSilent = createSilenceCheck()
    expect(isSilent(0, 1_000)).toBe(false)
    expect(isSilent(0.001, 2_950)).toBe(false)
    expect(isSilent(0.001, 3_000)).toBe(true)
  })

  it('ends with the first sound, and begins anew after it', () => {
    const isSilent = createSilenceCheck()
    isSilent(0, 0)
    expect(isSilent(0, 2_500)).toBe(true)
    expect(isSilent(0.2, 2_550)).toBe(false)
    expect(isSilent(0, 4_500)).toBe(false)
    expect(isSilent(0, 4_550)).toBe(true)
  })
})

describe('the picture', () => {
  it('is dark when a face could not be made out', () => {
    expect(createPictureCheck()(grey(12))).toBe('dark')
    expect(createPictureCheck()(grey(90))).toBeNull()
  })

  it('is frozen after three equal pictures, and alive with a sensor’s noise', () => {
    const judge = createPictureCheck()
    expect([1, 2, 3, 4].map(() => judge(grey(90)))).toEqual([null, null, null, 'frozen'])
    expect(judge(grey(95))).toBeNull()
    const alive = createPictureCheck()
    expect([1, 2, 3, 4, 5].map((seed) => alive(noisy(90, seed)))).toEqual([null, null, null, null, null])
  })

  it('weighs colours as the eye does', () => {
    const green = Uint8ClampedArray.from([0, 255, 0, 255])
    const blue = Uint8ClampedArray.from([0, 0, 255, 255])
    expect(meanLuma(green)).toBeGreaterThan(4 * meanLuma(blue))
    expect(meanLuma(grey(200))).toBeCloseTo(200)
  })
})
