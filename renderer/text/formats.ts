const SECOND = 1_000
const DAY = 24 * 60 * 60 * SECOND

/** The words are English, so dates and numbers are too; the person's own kind of English where there is one. */
export function pickLocale(languages: readonly string[]): string {
  return languages.find((language) => /^en\b/i.test(language)) ?? 'en-GB'
}

const locale = pickLocale(typeof navigator === 'undefined' ? [] : navigator.languages)
const digits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 })
const clockTime = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' })
const shortDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const yearDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
const relativeDay = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
const unit = (name: 'hour' | 'minute' | 'second') =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' })
const bytesIn = (name: 'kilobyte' | 'megabyte' | 'gigabyte', maximumFractionDigits: number) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits })
const kilobytes = bytesIn('kilobyte', 0)
const megabytes = bytesIn('megabyte', 0)
const gigabytes = bytesIn('gigabyte', 1)
const hours = unit('hour')
const minutes = unit('minute')
const seconds = unit('second')

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0)
const capital = (word: string): string => word.charAt(0).toLocaleUpperCase(locale) + word.slice(1)

/** `0:24`, `3:05`, `1:02:03`: how far a recording or a call has come. Takes milliseconds. */
export function formatLength(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / SECOND))
  const parts = [Math.floor(total / 60) % 60, total % 60]
  const whole = Math.floor(total / 3_600)
  if (whole > 0) return `${whole}:${digits.format(parts[0] ?? 0)}:${digits.format(parts[1] ?? 0)}`
  return `${parts[0] ?? 0}:${digits.format(parts[1] ?? 0)}`
}

/** `24 seconds`, `1 minute 5 seconds`: the same for a screen reader. Takes milliseconds. */
export function formatLengthInWords(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / SECOND))
  const words = [
    { value: Math.floor(total / 3_600), format: hours },
    { value: Math.floor(total / 60) % 60, format: minutes },
    { value: total % 60, format: seconds },
  ]
  const said = words.filter(({ value }) => value > 0).map(({ value, format }) => format.format(value))
  return said.length > 0 ? said.join(' ') : seconds.format(0)
}

const daysBefore = (time: number, now: number): number =>
  Math.round((startOfDay(now) - startOfDay(time)) / DAY)

/** For a list: the time today, `Yesterday`, a weekday within the week, else the date. */
export function formatWhen(time: number, now: number): string {
  const days = daysBefore(time, now)
  if (days <= 0) return clockTime.format(time)
  if (days === 1) return capital(relativeDay.format(-1, 'day'))
  if (days < 7) return weekday.format(time)
  return new Date(time).getFullYear() === new Date(now).getFullYear()
    ? shortDate.format(time)
    : yearDate.format(time)
}

/** For a heading: the day and the time, `Yesterday, 14:22`. */
export function formatDayAndTime(time: number, now: number): string {
  const days = daysBefore(time, now)
  if (days <= 1) return `${capital(relativeDay.format(-Math.max(0, days), 'day'))}, ${clockTime.format(time)}`
  return `${formatWhen(time, now)}, ${clockTime.format(time)}`
}

/** For what is still to come: the time today, else the day and the time. */
export function formatMoment(time: number, now: number): string {
  const days = -daysBefore(time, now)
  if (days <= 0) return clockTime.format(time)
  const day =
    days === 1 ? relativeDay.format(1, 'day') : days < 7 ? weekday.format(time) : shortDate.format(time)
  return `${day}, ${clockTime.format(time)}`
}

/** `43 %` in the person's own way. Takes 0..1; never says 100 before it is done. */
export function formatPercent(share: number): string {
  return percent.format(Math.floor(Math.min(Math.max(share, 0), 1) * 100) / 100)
}

/** `in 3 days`, `tomorrow`, `today`. */
export function formatInDays(time: number, now: number): string {
  return relativeDay.format(Math.max(0, -daysBefore(time, now)), 'day')
}

const KILO = 1_000
/** `340 kB`, `45 MB`, `1.2 GB`: as file managers count. What is there at all is 1 kB at least. */
export function formatBytes(bytes: number): string {
  const kilo = Math.ceil(bytes / KILO)
  if (kilo < KILO) return kilobytes.format(kilo)
  const mega = Math.round(bytes / KILO ** 2)
  return mega < KILO ? megabytes.format(mega) : gigabytes.format(bytes / KILO ** 3)
}
