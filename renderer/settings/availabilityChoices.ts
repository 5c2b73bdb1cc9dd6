import { formatMoment } from '../text/formats'
import { t } from '../text/text'

const MINUTE = 60_000
const MINUTES = [30]
const HOURS = [1, 4]
const MORNING_HOUR = 8

const CHANGED = 'changed'
const MORNING = 'morning'

export type UntilChoice = { value: string; label: string }

function tomorrowMorning(now: number): number {
  const day = new Date(now)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, MORNING_HOUR).getTime()
}

/** What "not available until" offers at `now`, the moment that is set (null: none) among it. */
export function untilChoices(until: number | null, now: number): UntilChoice[] {
  return [
    { value: CHANGED, label: t('requests.untilChanged') },
    ...(until === null ? [] : [{ value: String(until), label: formatMoment(until, now) }]),
    ...MINUTES.map((count) => ({ value: `+${count}`, label: t('requests.inMinutes', { count }) })),
    ...HOURS.map((count) => ({ value: `+${count * 60}`, label: t('requests.inHours', { count }) })),
    { value: MORNING, label: formatMoment(tomorrowMorning(now), now) },
  ]
}

export const untilValue = (until: number | null): string => (until === null ? CHANGED : String(until))

/** The moment that a choice stands for, in milliseconds since the epoch; null: until it is switched back. */
export function untilOf(value: string, now: number): number | null {
  if (value === MORNING) return tomorrowMorning(now)
  if (value.startsWith('+')) return now + Number(value.slice(1)) * MINUTE
  return value === CHANGED ? null : Number(value)
}
