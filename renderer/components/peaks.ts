/** Fewer bars for a narrow place, each the loudest of those it stands for. Peaks are 0..100. */
export function fewerPeaks(peaks: readonly number[], bars: number): number[] {
  if (peaks.length <= bars) return [...peaks]
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / bars)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars))
    return Math.max(...peaks.slice(from, to))
  })
}
