import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import type { Handlers, Publish } from '../../preload/contract/channels'
import type { HistoryEntry, HistoryEvents, HistoryRequests, Unseen } from '../../preload/contract/history'
import { findCall } from '../calls/callStore'
import { callsWithRemoved } from '../messages/keepStore'
import { messagesOfCalls } from '../messages/messageStore'
import type { People } from '../people/peopleService'
import { callPage, callsWith, countUnseen } from './historyStore'

/** So many of a person's newest calls make their thread. */
const LONGEST_THREAD = 200

export type History = {
  handlers: Handlers<HistoryRequests>
  /** A call or one of its messages changed: the windows hear of it, and of the badge's count when that changed too. */
  changed(callId: string): void
  entry(callId: string): HistoryEntry | undefined
  unseen(): Unseen
}

/** Reads calls with their people and messages; writes nothing. */
export function createHistory({
  db,
  publish,
  people,
}: {
  db: Database
  publish: Publish<HistoryEvents>
  people: Pick<People, 'persons'>
}): History {
  let told = countUnseen(db)

  /** Four statements, however many the calls. */
  function entriesOf(calls: Call[]): HistoryEntry[] {
    const persons = people.persons([...new Set(calls.map((call) => call.personId))])
    const callIds = calls.map((call) => call.id)
    const messages = messagesOfCalls(db, callIds)
    const removed = callsWithRemoved(db, callIds)
    return calls.flatMap((call) => {
      const person = persons.get(call.personId)
      if (!person) return []
      const entry: HistoryEntry = { call, person, messages: messages.get(call.id) ?? [] }
      return [removed.has(call.id) ? { ...entry, messageRemoved: true } : entry]
    })
  }

  function entry(callId: string): HistoryEntry | undefined {
    const call = findCall(db, callId)
    return call && entriesOf([call])[0]
  }

  return {
    handlers: {
      'history/page': ({ filter, after, limit }) => {
        // One more than asked for tells whether there is a next page.
        const calls = callPage(db, { filter, after, limit: limit + 1 })
        const shown = calls.slice(0, limit)
        const last = calls.length > limit ? shown.at(-1) : undefined
        return {
          entries: entriesOf(shown),
          next: last ? { startedAt: last.startedAt, callId: last.id } : null,
        }
      },
      'history/thread': ({ personId }) => entriesOf(callsWith(db, personId, LONGEST_THREAD)),
      'history/unseen': () => countUnseen(db),
    },
    changed(callId) {
      const now = entry(callId)
      if (now) publish('history/changed', now)
      const unseen = countUnseen(db)
      if (unseen.missedCalls === told.missedCalls && unseen.messages === told.messages) return
      told = unseen
      publish('history/unseenChanged', unseen)
    },
    entry,
    unseen: () => countUnseen(db),
  }
}
