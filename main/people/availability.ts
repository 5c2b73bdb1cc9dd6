import type { Settings } from '../../preload/contract/settings'
import type { Clock } from '../clock'

export type Availability = Pick<Settings, 'available' | 'unavailableUntil'>

/** Whether calls may ring at `now`; "not available until" is over by itself. */
export function isAvailable({ available, unavailableUntil }: Availability, now: number): boolean {
  return available || (unavailableUntil !== null && now >= unavailableUntil)
}

const A_DAY_MS = 24 * 3_600_000

/** Switches back to available when its time has come, for all that show it; whether calls ring does not wait for it. */
export function keepAvailability({
  clock,
  settings,
}: {
  clock: Clock
  settings: {
    get(): Settings
    onChange(listener: (settings: Settings) => void): () => void
    change(change: Partial<Settings>): Settings
  }
}): { check(): void; stop(): void } {
  let cancelTimer = (): void => {}

  function check(): void {
    cancelTimer()
    const { available, unavailableUntil } = settings.get()
    if (available || unavailableUntil === null) return
    const left = unavailableUntil - clock.now()
    if (left <= 0) settings.change({ available: true, unavailableUntil: null })
    // A timer of more than 24 days would run at once.
    else cancelTimer = clock.after(Math.min(left, A_DAY_MS), check)
  }

  const stopListening = settings.onChange(check)
  return {
    check,
    stop() {
      stopListening()
      cancelTimer()
    },
  }
}
