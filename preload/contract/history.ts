import { z } from 'zod'
import type { Call } from './calls'
import type { EventNames, InputSchemas } from './channels'
import { id } from './ids'
import type { Message } from './messages'
import type { Person } from './people'
import type { Result } from './result'

/** One row of the history: a call, who it was with, and the messages that answer it. */
export type HistoryEntry = {
  call: Call
  person: Person
  messages: Message[]
  /** A keep rule removed a message of this call. */
  messageRemoved?: true
}

/** In the order of the menu. `unknown`: calls from people who are no contacts. */
export const historyFilter = z.enum([
  'all',
  'missed',
  'messages',
  'video',
  'audio',
  'notes',
  'outgoing',
  'unknown',
])
export type HistoryFilter = z.infer<typeof historyFilter>

/** A filter that has a place in the menu, and how much of what it shows is new. */
export type FilterNews = { filter: HistoryFilter; unseen: number }

/** Keyset cursor: the last row that the caller has. */
const cursor = z.strictObject({ startedAt: z.number(), callId: id })
export type HistoryCursor = z.infer<typeof cursor>

/** Which calls: a filter, and words that a name, an address or a note must have; empty is no search. */
const list = { filter: historyFilter, search: z.string().max(200).optional() }

const page = z.strictObject({
  ...list,
  after: cursor.nullable(),
  /** `newer` pages from the oldest call up; entries still come newest first. */
  towards: z.enum(['older', 'newer']).optional(),
  limit: z.int().min(1).max(200),
})

/** `next` is null on the last page. */
export type HistoryPage = { entries: HistoryEntry[]; next: HistoryCursor | null }

const deletion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('calls'), callIds: z.array(id).min(1).max(100_000) }),
  /** All that a list shows, however long, but for these. */
  z.strictObject({ kind: z.literal('list'), ...list, except: z.array(id).max(100_000) }),
  z.strictObject({ kind: z.literal('person'), personId: id }),
  /** A message alone; its call stays. */
  z.strictObject({ kind: z.literal('message'), messageId: id }),
])
export type HistoryDeletion = z.infer<typeof deletion>

/** What was deleted at once, to take it back; `count` is of calls, or 1 for a message. */
export type Deleted = { deletion: number; count: number }
/** Unseen missed calls and unplayed messages: the one count behind every badge. */
export type Unseen = { missedCalls: number; messages: number }

export type HistoryRequests = {
  'history/page': (input: z.infer<typeof page>) => HistoryPage
  'history/thread': (input: { personId: string }) => HistoryEntry[]
  /** Null: there is no such call (any more). */
  'history/entry': (input: { callId: string }) => HistoryEntry | null
  'history/unseen': () => Unseen
  'history/filters': () => FilterNews[]
  /** Hides at once, deletes for good when it can't be taken back any more. What runs or is gone is left out. */
  'history/delete': (input: HistoryDeletion) => Deleted
  'history/undoDelete': (input: { deletion: number }) => Result<null, { kind: 'too-late' }>
}

export const historyInputs = {
  'history/page': page,
  'history/thread': z.strictObject({ personId: id }),
  'history/entry': z.strictObject({ callId: id }),
  'history/unseen': z.undefined(),
  'history/filters': z.undefined(),
  'history/delete': deletion,
  'history/undoDelete': z.strictObject({ deletion: z.int() }),
} satisfies InputSchemas<HistoryRequests>

export type HistoryEvents = {
  /** A call or one of its messages changed or appeared. */
  'history/changed': HistoryEntry
  'history/unseenChanged': Unseen
  'history/filtersChanged': FilterNews[]
  'history/removed': { callIds: string[] }
  /** Deleted calls are back; null: more than an event should carry. */
  'history/restored': { entries: HistoryEntry[] | null }
}
export const historyEvents = {
  'history/changed': true,
  'history/unseenChanged': true,
  'history/filtersChanged': true,
  'history/removed': true,
  'history/restored': true,
} satisfies EventNames<HistoryEvents>
