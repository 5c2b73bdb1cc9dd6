/** Loudest sample of each 50 ms below this is silence. */
const SILENT_PEAK = 0.003
/** Silence for this long is said, in milliseconds. */
export const SILENCE_MS = 2_000
/** Mean luma (0..255) below which a face can't be made out. */
const DARK_LUMA = 28
/** Two pictures nearer than this (mean difference, 0..255) are the same picture. A live sensor's noise is above it. */
const FROZEN_DIFFERENCE = 0.05
/** Seconds without any change that count as frozen. */
const FROZEN_PICTURES = 3

export type SelfCheck = 'silent' | 'dark' | 'frozen'

/** Tells, peak after peak, whether nothing was heard for `SILENCE_MS`. */
export function createSilenceCheck(): (peak: number, at: number) => boolean {
  let heardAt: number | null = null
  return (peak, at) => {
    if (heardAt === null || peak >= SILENT_PEAK) heardAt = at
    return at - heardAt >= SILENCE_MS
  }
}

/** Mean luma of RGBA pixels, 0..255 (Rec. 601). */
export function meanLuma(pixels: Uint8ClampedArray): number {
  let sum = 0
  for (let at = 0; at + 2 < pixels.length; at += 4) {
    sum += 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0)
  }
  return pixels.length === 0 ? 0 : sum / (pixels.length / 4)
}

function meanDifference(one: Uint8ClampedArray, other: Uint8ClampedArray): number {
  let sum = 0
  for (let at = 0; at < one.length; at += 1) sum += Math.abs((one[at] ?? 0) - (other[at] ?? 0))
  return one.length === 0 ? 0 : sum / one.length
}

/** Judges one small picture a second. */
export function createPictureCheck(): (pixels: Uint8ClampedArray) => 'dark' | 'frozen' | null {
  let before: Uint8ClampedArray | null = null
  let same = 0
  return (pixels) => {
    const moved = before === null || meanDifference(before, pixels) > FROZEN_DIFFERENCE
    same = moved ? 0 : same + 1
    before = pixels
    if (same >= FROZEN_PICTURES) return 'frozen'
    return meanLuma(pixels) < DARK_LUMA ? 'dark' : null
  }
}
