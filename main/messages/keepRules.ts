import type { Message } from '../../preload/contract/messages'
import { assertNever } from '../../preload/contract/result'
import type { KeepRule } from '../../preload/contract/storage'

const DAY_MS = 24 * 3_600_000
/** How long '30-days' keeps a message after it was played. */
export const KEPT_AFTER_PLAYING_MS = 30 * DAY_MS
/** So far ahead the person sees what will be deleted. */
export const FORESEEN_MS = 7 * DAY_MS

/** When a rule deletes a message, in milliseconds since the epoch; null: never. Only what was played is ever due. */
export function dueAt({ state, kept }: Pick<Message, 'state' | 'kept'>, rule: KeepRule): number | null {
  if (kept || state.phase !== 'played') return null
  switch (rule) {
    case 'forever':
      return null
    case '30-days':
      return state.at + KEPT_AFTER_PLAYING_MS
    default:
      return assertNever(rule)
  }
}

/** Whether the daily run deletes a message now. */
export function isDue(message: Pick<Message, 'state' | 'kept'>, rule: KeepRule, now: number): boolean {
  const due = dueAt(message, rule)
  return due !== null && due <= now
}
