import { cleanLine } from '../people/shownText'

/** What strangers want of us at once: more is left out, and comes again once there is room. */
export const MOST_REQUESTS = 50
export const MOST_OF_A_SENDER = 5
const EXPIRES_AFTER_MS = 30 * 24 * 3_600_000
const LONGEST_LINE = 120

/** Whether one more is kept, with so many waiting, and so many of them from its sender. */
export const hasRoom = (waiting: { all: number; ofSender: number }): boolean =>
  waiting.all < MOST_REQUESTS && waiting.ofSender < MOST_OF_A_SENDER

/** Requests that came at this time, or before, have expired. Milliseconds since the epoch. */
export const expiredBy = (now: number): number => now - EXPIRES_AFTER_MS

/** All that is shown of a stranger's note. */
export const requestLine = (note: string): string => cleanLine(note, LONGEST_LINE)
