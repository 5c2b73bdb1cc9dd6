import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import type { Handlers, Publish } from '../../preload/contract/channels'
import type { HistoryEntry, HistoryEvents, HistoryRequests, Unseen } from '../../preload/contract/history'
import type { Clock } from '../clock'
import type { Log } from '../log'
import { callsWithRemoved } from '../messages/keepStore'
import { messagesOfCalls } from '../messages/messageStore'
import type { People } from '../people/peopleService'
import { createDeletion, type DeletedMessages } from './historyDeletion'
import { callPage } from './historyLists'
import { callsWith, countNew, findShownCall } from './historyStore'

/** So many of a person's newest calls make their thread. */
const LONGEST_THREAD = 200

export type History = {
  handlers: Handlers<HistoryRequests>
  /** A call or one of its messages changed: the windows hear of it, and of the badge's count when that changed too. */
  changed(callId: string): void
  entry(callId: string): HistoryEntry | undefined
  unseen(): Unseen
  /** Something that the counts depend on may have changed. */
  countAgain(): void
  /** Deletes for good what was deleted before the app ended. */
  start(): void
  stop(): Promise<void>
}

/** Calls with their people and messages: read in pages, found by words, deleted and brought back. */
export function createHistory({
  db,
  clock,
  log,
  publish,
  people,
  messages: deletedMessages,
}: {
  db: Database
  clock: Clock
  log: Log
  publish: Publish<HistoryEvents>
  people: Pick<People, 'persons'>
  messages: DeletedMessages
}): History {
  let told = countNew(db)

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
    const call = findShownCall(db, callId)
    return call ? entriesOf([call])[0] : undefined
  }

  function changed(callId: string): void {
    const now = entry(callId)
    if (now) publish('history/changed', now)
    countAgain()
  }

  function countAgain(): void {
    const before = told
    told = countNew(db)
    if (JSON.stringify(told.unseen) !== JSON.stringify(before.unseen)) {
      publish('history/unseenChanged', told.unseen)
    }
    if (JSON.stringify(told.filters) !== JSON.stringify(before.filters)) {
      publish('history/filtersChanged', told.filters)
    }
  }

  const deletion = createDeletion({
    db,
    clock,
    log,
    publish,
    messages: deletedMessages,
    entriesOf,
    changed,
    countAgain,
  })

  return {
    handlers: {
      'history/page': (page) => {
        const { limit, towards = 'older' } = page
        // One more than asked for tells whether there is a next page.
        const calls = callPage(db, { ...page, limit: limit + 1 })
        const shown = towards === 'older' ? calls.slice(0, limit) : calls.slice(-limit)
        const last = calls.length > limit ? shown.at(towards === 'older' ? -1 : 0) : undefined
        return {
          entries: entriesOf(shown),
          next: last ? { startedAt: last.startedAt, callId: last.id } : null,
        }
      },
      'history/thread': ({ personId }) => entriesOf(callsWith(db, personId, LONGEST_THREAD)),
      'history/entry': ({ callId }) => entry(callId) ?? null,
      'history/unseen': () => countNew(db).unseen,
      'history/filters': () => countNew(db).filters,
      ...deletion.handlers,
    },
    changed,
    entry,
    unseen: () => countNew(db).unseen,
    countAgain,
    start: deletion.start,
    stop: deletion.stop,
  }
}
