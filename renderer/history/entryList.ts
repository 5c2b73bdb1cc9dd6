import type { HistoryCursor, HistoryEntry, HistoryFilter } from '../../preload/contract/history'
import { assertNever } from '../app/assertNever'
import { isMissed } from '../text/callWords'

const isNewer = (one: HistoryEntry, other: HistoryCursor): boolean =>
  one.call.startedAt === other.startedAt ? one.call.id > other.callId : one.call.startedAt > other.startedAt

const isOlder = (one: HistoryEntry, other: HistoryCursor): boolean =>
  !isNewer(one, other) && one.call.id !== other.callId

const cursorOf = ({ call }: HistoryEntry): HistoryCursor => ({ startedAt: call.startedAt, callId: call.id })

/** Whether a filter shows this entry. */
export function passes(filter: HistoryFilter, { call, person, messages }: HistoryEntry): boolean {
  const holds = (kind: 'video' | 'audio' | 'text') => messages.some(({ content }) => content.kind === kind)
  switch (filter) {
    case 'all':
      return true
    case 'missed':
      return isMissed(call)
    case 'messages':
      return messages.length > 0
    case 'video':
    case 'audio':
      return holds(filter)
    case 'notes':
      return holds('text')
    case 'outgoing':
      return call.direction === 'out'
    case 'unknown':
      return call.direction === 'in' && !person.contact
    default:
      return assertNever(filter)
  }
}

/** What is loaded of a list: `newer` and `next` are where the pages above and below it begin, null at its ends. */
export type Loaded = {
  filter: HistoryFilter
  search: string
  newer: HistoryCursor | null
  next: HistoryCursor | null
}

/**
 * The list with one changed or new entry in its place. It is left out when the filter does not want it, or when it
 * belongs to a page that was not loaded yet: scrolling there brings it. Only the main process knows what a search finds.
 */
export function withEntry(
  entries: readonly HistoryEntry[],
  changed: HistoryEntry,
  { filter, search, newer, next }: Loaded,
): HistoryEntry[] {
  const others = entries.filter(({ call }) => call.id !== changed.call.id)
  const isNew = others.length === entries.length
  if (!passes(filter, changed)) return others
  if (isNew && search !== '') return others
  if (isNew && next !== null && !isNewer(changed, next)) return others
  if (isNew && newer !== null && !isOlder(changed, newer)) return others
  const at = others.findIndex((entry) => isNewer(changed, cursorOf(entry)))
  return others.toSpliced(at === -1 ? others.length : at, 0, changed)
}
