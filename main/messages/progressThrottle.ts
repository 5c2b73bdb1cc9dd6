import type { Clock } from '../clock'

const SHORTEST_GAP_MS = 250

/** Lets at most four reports a second through; what comes between is dropped, since the next one says more. */
export function throttled(clock: Clock, report: (fraction: number) => void): (fraction: number) => void {
  let last = Number.NEGATIVE_INFINITY
  return (fraction) => {
    const now = clock.now()
    if (now - last < SHORTEST_GAP_MS) return
    last = now
    report(fraction)
  }
}
