import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createWaveform, foldPeaks, WAVEFORM_PEAKS } from '../../../main/transcoder/waveform'

const pcm = (samples: number[]) => {
  const bytes = Buffer.alloc(samples.length * 2)
  for (const [at, sample] of samples.entries()) bytes.writeInt16LE(sample, at * 2)
  return bytes
}
const waveformOf = (...pieces: Uint8Array[]) => {
  const waveform = createWaveform()
  for (const piece of pieces) waveform.add(piece)
  return waveform.peaks()
}

describe('a waveform', () => {
  test('has 120 peaks of 0 without sound', () => {
    expect(waveformOf()).toEqual(Array(WAVEFORM_PEAKS).fill(0))
  })

  test('finds a loud moment where it was, of either sign', () => {
    for (const loud of [32_767, -32_768]) {
      const samples = Array<number>(8_000 * 12).fill(0)
      samples[8_000 * 6 + 10] = loud
      const peaks = waveformOf(pcm(samples))
      expect(peaks[60]).toBe(100)
      expect(peaks.filter((peak) => peak > 0)).toHaveLength(1)
    }
  })

  test('is loud to the end when the recording is shorter than its peaks', () => {
    expect(waveformOf(pcm(Array<number>(100).fill(16_384)))).toEqual(Array(WAVEFORM_PEAKS).fill(50))
  })

  test('is the same however the bytes were cut', () => {
    const samples = Array.from({ length: 3_000 }, (_, at) => Math.round(Math.sin(at / 7) * at * 10))
    const bytes = pcm(samples)
    const whole = waveformOf(bytes)
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 20 }), (cuts) => {
        const places = [0, ...cuts.sort((one, other) => one - other), bytes.length]
        const pieces = places.slice(1).map((end, at) => bytes.subarray(places[at], end))
        expect(waveformOf(...pieces)).toEqual(whole)
      }),
    )
  })
})

test('folding keeps every loud step', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(32_767), { minLength: 120, maxLength: 1_000 }), (steps) => {
      const folded = foldPeaks(steps, 120)
      expect(Math.max(...folded)).toBe(Math.round((Math.max(...steps) / 32_767) * 100))
    }),
  )
})
