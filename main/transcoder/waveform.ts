import { WAVEFORM_RATE } from './plan'

export const WAVEFORM_PEAKS = 120
/** Peaks are kept at 10 ms while the length is unknown. */
const SAMPLES_PER_STEP = WAVEFORM_RATE / 100

/** Collects 16-bit little-endian mono PCM, in pieces of any size, and folds it to a waveform. */
export function createWaveform(): { add(bytes: Uint8Array): void; peaks(): number[] } {
  const steps: number[] = []
  let samplesInStep = 0
  let loudest = 0
  /** The low byte of a sample that was cut in two. */
  let half: number | null = null

  const addSample = (low: number, high: number) => {
    const sample = Math.abs(((high << 24) >> 16) | low)
    if (sample > loudest) loudest = sample
    samplesInStep += 1
    if (samplesInStep < SAMPLES_PER_STEP) return
    steps.push(loudest)
    samplesInStep = 0
    loudest = 0
  }

  return {
    add(bytes) {
      let at = 0
      if (half !== null && bytes.byteLength > 0) {
        addSample(half, bytes[0] ?? 0)
        half = null
        at = 1
      }
      for (; at + 1 < bytes.byteLength; at += 2) addSample(bytes[at] ?? 0, bytes[at + 1] ?? 0)
      if (at < bytes.byteLength) half = bytes[at] ?? 0
    },
    peaks: () => foldPeaks(samplesInStep > 0 ? [...steps, loudest] : steps, WAVEFORM_PEAKS),
  }
}

/** The loudest of each of `count` equal stretches, from 0..32768 to 0..100. */
export function foldPeaks(steps: number[], count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * steps.length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * steps.length) / count))
    const loudest = steps.slice(from, to).reduce((most, each) => Math.max(most, each), 0)
    return Math.round((Math.min(loudest, 32_767) / 32_767) * 100)
  })
}
