import type { HistoryEntry } from '../../preload/contract/history'
import { isMissed } from '../text/callWords'

/** What the list shows in one line: a call, or misses in a row of one person, which open and close. */
export type HistoryListRow =
  | { kind: 'call'; id: string; entry: HistoryEntry; inside: boolean }
  | { kind: 'misses'; id: string; entries: [HistoryEntry, ...HistoryEntry[]]; open: boolean }

/** A missed call that says nothing more than that. Who declined knows of it, and a message stands for itself. */
function isBareMiss({ call, messages, messageRemoved }: HistoryEntry): boolean {
  return (
    isMissed(call) &&
    call.state.phase === 'ended' &&
    call.state.outcome !== 'declined' &&
    messages.length === 0 &&
    !messageRemoved
  )
}

const missesId = (callId: string) => `misses-${callId}`

/**
 * The lines of a list that is newest first. Misses in a row are one line, which is open when any of its calls is in
 * `opened`: so it stays open when more are missed, or when older ones are read from the next page.
 */
export function historyRows(entries: readonly HistoryEntry[], opened: ReadonlySet<string>): HistoryListRow[] {
  const rows: HistoryListRow[] = []
  for (let at = 0; at < entries.length; ) {
    const entry = entries[at]
    if (!entry) break
    const misses = missesFrom(entries, at)
    at += misses.length
    if (misses.length === 1) {
      rows.push({ kind: 'call', id: entry.call.id, entry, inside: false })
      continue
    }
    const open = misses.some(({ call }) => opened.has(call.id))
    rows.push({ kind: 'misses', id: missesId(entry.call.id), entries: misses, open })
    if (!open) continue
    for (const miss of misses) rows.push({ kind: 'call', id: miss.call.id, entry: miss, inside: true })
  }
  return rows
}

/** The entry at `at`, and as long as it and they are misses of one person, those below. */
function missesFrom(entries: readonly HistoryEntry[], at: number): [HistoryEntry, ...HistoryEntry[]] {
  const first = entries[at]
  if (!first) throw new Error('no entry there')
  const misses: [HistoryEntry, ...HistoryEntry[]] = [first]
  if (!isBareMiss(first)) return misses
  for (let next = at + 1; ; next++) {
    const entry = entries[next]
    if (!entry || entry.person.id !== first.person.id || !isBareMiss(entry)) return misses
    misses.push(entry)
  }
}

export const entriesOf = (row: HistoryListRow): HistoryEntry[] =>
  row.kind === 'call' ? [row.entry] : row.entries

/** Each call of these lines once, also where misses are open. */
export const callIdsOf = (rows: readonly HistoryListRow[]): string[] => [
  ...new Set(rows.flatMap((row) => entriesOf(row).map(({ call }) => call.id))),
]

/** The newest call of a line: what it opens, plays and calls back. */
export const entryOf = (row: HistoryListRow): HistoryEntry =>
  row.kind === 'call' ? row.entry : row.entries[0]

/**
 * Where the line with this id is now, or the one that its call has gone into or come out of; -1 when it is gone.
 */
export function findRow(rows: readonly HistoryListRow[], id: string): number {
  const same = rows.findIndex((row) => row.id === id)
  if (same !== -1) return same
  const callId = id.replace(/^misses-/, '')
  return rows.findIndex((row) => entriesOf(row).some(({ call }) => call.id === callId))
}
