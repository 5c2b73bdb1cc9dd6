import { z } from 'zod'
import type { Call } from './calls'
import type { EventNames, InputSchemas } from './channels'
import { id } from './ids'
import type { Message } from './messages'
import type { Person } from './people'

/** One row of the history: a call, who it was with, and the messages that answer it. */
export type HistoryEntry = {
  call: Call
  person: Person
  messages: Message[]
  /** A keep rule removed a message of this call. */
  messageRemoved?: true
}

export const historyFilter = z.enum(['all', 'missed'])
export type HistoryFilter = z.infer<typeof historyFilter>

/** Keyset cursor: the last row that the caller has. */
const cursor = z.strictObject({ startedAt: z.number(), callId: id })
export type HistoryCursor = z.infer<typeof cursor>

const page = z.strictObject({
  filter: historyFilter,
  after: cursor.nullable(),
  limit: z.int().min(1).max(200),
})

/** `next` is null on the last page. */
export type HistoryPage = { entries: HistoryEntry[]; next: HistoryCursor | null }
/** Unseen missed calls and unplayed messages: the one count behind every badge. */
export type Unseen = { missedCalls: number; messages: number }

export type HistoryRequests = {
  'history/page': (input: z.infer<typeof page>) => HistoryPage
  'history/thread': (input: { personId: string }) => HistoryEntry[]
  'history/unseen': () => Unseen
}

export const historyInputs = {
  'history/page': page,
  'history/thread': z.strictObject({ personId: id }),
  'history/unseen': z.undefined(),
} satisfies InputSchemas<HistoryRequests>

export type HistoryEvents = {
  /** A call or one of its messages changed or appeared. */
  'history/changed': HistoryEntry
  'history/unseenChanged': Unseen
}
export const historyEvents = {
  'history/changed': true,
  'history/unseenChanged': true,
} satisfies EventNames<HistoryEvents>
