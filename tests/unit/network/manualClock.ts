import type { Clock } from '../../../main/clock'

/** A clock that stands still until it is told to go on. */
export type ManualClock = Clock & {
  advance(ms: number): Promise<void>
  /** Timers that are set. */
  pending(): number
}

/** Lets everything run that waits for nothing but its turn. */
export const settle = (): Promise<void> => new Promise((done) => setImmediate(done))

export function createManualClock(): ManualClock {
  let now = 1_700_000_000_000
  const timers = new Set<{ at: number; run: () => void }>()
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms) {
      const until = now + ms
      for (;;) {
        await settle()
        const next = [...timers].sort((a, b) => a.at - b.at)[0]
        if (!next || next.at > until) break
        timers.delete(next)
        now = Math.max(now, next.at)
        next.run()
      }
      now = until
    },
    pending: () => timers.size,
  }
}
