import type { HistoryCursor, HistoryEntry, HistoryFilter } from '../../preload/contract/history'
import { isMissed } from '../text/callWords'

const isNewer = (one: HistoryEntry, other: HistoryCursor): boolean =>
  one.call.startedAt === other.startedAt ? one.call.id > other.callId : one.call.startedAt > other.startedAt

const cursorOf = ({ call }: HistoryEntry): HistoryCursor => ({ startedAt: call.startedAt, callId: call.id })

/**
 * The list with one changed or new entry in its place. It is left out when the filter does not want it, or when it
 * belongs to a page that was not loaded yet: scrolling there brings it.
 */
export function withEntry(
  entries: readonly HistoryEntry[],
  changed: HistoryEntry,
  shown: { filter: HistoryFilter; next: HistoryCursor | null },
): HistoryEntry[] {
  const others = entries.filter(({ call }) => call.id !== changed.call.id)
  if (shown.filter === 'missed' && !isMissed(changed.call)) return others
  if (shown.next !== null && !isNewer(changed, shown.next) && others.length === entries.length) return others
  const at = others.findIndex((entry) => isNewer(changed, cursorOf(entry)))
  return others.toSpliced(at === -1 ? others.length : at, 0, changed)
}
