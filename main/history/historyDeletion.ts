import { setImmediate as turn } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import type { Handlers, Publish } from '../../preload/contract/channels'
import type {
  Deleted,
  HistoryDeletion,
  HistoryEntry,
  HistoryEvents,
  HistoryRequests,
} from '../../preload/contract/history'
import { assertNever, failed, ok } from '../../preload/contract/result'
import type { Clock } from '../clock'
import type { Log } from '../log'
import {
  bringBack,
  callIdsWith,
  callsToPurge,
  deletionsLeft,
  hideCalls,
  hideMessage,
  messagesToPurge,
  purgeCalls,
  purgeMessages,
} from './deletionStore'
import { callPage } from './historyLists'

/** What deleting means for messages beyond their rows: sending, fetching and files. */
export type DeletedMessages = {
  /** They are hidden: what is on its way out waits. */
  hold(messageIds: string[]): void
  /** They are back: what was on its way goes on. */
  release(messageIds: string[]): void
  /** Their rows are gone: their files go, what is still fetched stops. */
  forget(messageIds: string[]): Promise<void>
}

/** Calls at a time: some milliseconds, then the windows get their turn. */
const BATCH = 200
/** The window offers Undo for ten seconds; a click at the last moment still counts. */
const UNDO_MS = 12_000

export type Deletion = {
  handlers: Pick<Handlers<HistoryRequests>, 'history/delete' | 'history/undoDelete'>
  start(): void
  stop(): Promise<void>
}

/**
 * Deletes in two steps: first hidden, so that it can be taken back, then for good. A message that waits to be sent is
 * held back meanwhile, so deleting it takes it back. What still runs is not deleted, nor is a call for good while an
 * unsent take belongs to it.
 */
export function createDeletion({
  db,
  clock,
  log,
  publish,
  messages,
  entriesOf,
  changed,
  countAgain,
}: {
  db: Database
  clock: Clock
  log: Log
  publish: Publish<HistoryEvents>
  messages: DeletedMessages
  entriesOf(calls: Call[]): HistoryEntry[]
  changed(callId: string): void
  countAgain(): void
}): Deletion {
  const timers = new Map<number, () => void>()
  let purging: Promise<void> = Promise.resolve()
  let stopped = false
  let last = 0

  async function remove(what: HistoryDeletion): Promise<Deleted> {
    // The time names the deletion, so no two may share one.
    const deletion = Math.max(clock.now(), last + 1)
    last = deletion
    const count =
      what.kind === 'message' ? removeMessage(what.messageId, deletion) : await removeCalls(what, deletion)
    timers.set(
      deletion,
      clock.after(UNDO_MS, () => purgeSoon([deletion])),
    )
    return { deletion, count }
  }

  function removeMessage(messageId: string, deletion: number): number {
    const callId = hideMessage(db, messageId, deletion)
    if (callId === null) return 0
    messages.hold([messageId])
    changed(callId)
    return 1
  }

  async function removeCalls(what: Exclude<HistoryDeletion, { kind: 'message' }>, at: number) {
    let count = 0
    for (const batch of batchesOf(what)) {
      if (stopped) break
      const hidden = hideCalls(db, batch, at)
      messages.hold(hidden.messageIds)
      if (hidden.callIds.length > 0) publish('history/removed', { callIds: hidden.callIds })
      count += hidden.callIds.length
      await turn()
    }
    countAgain()
    return count
  }

  /** Newest first, so that what is in sight goes first. */
  function* batchesOf(what: Exclude<HistoryDeletion, { kind: 'message' }>): Generator<string[]> {
    switch (what.kind) {
      case 'calls':
        for (let from = 0; from < what.callIds.length; from += BATCH) {
          yield what.callIds.slice(from, from + BATCH)
        }
        return
      case 'person':
        yield* inPages((after) => callIdsWith(db, what.personId, after, BATCH))
        return
      case 'list': {
        const except = new Set(what.except)
        const pages = inPages((after) => callPage(db, { ...what, after, limit: BATCH }))
        for (const page of pages) yield page.filter((callId) => !except.has(callId))
        return
      }
      default:
        assertNever(what)
    }
  }

  async function undo(deletion: number): Promise<boolean> {
    const cancel = timers.get(deletion)
    if (!cancel) return false
    cancel()
    timers.delete(deletion)
    let entries: HistoryEntry[] | null = []
    for (;;) {
      const back = bringBack(db, deletion, BATCH)
      if (back.calls.length === 0 && back.messages.length === 0) break
      messages.release(back.messages.map(({ id }) => id))
      if (back.calls.length === 0) for (const { callId } of back.messages) changed(callId)
      else if (entries && entries.length + back.calls.length <= BATCH) entries.push(...entriesOf(back.calls))
      else entries = null
      await turn()
    }
    if (entries === null || entries.length > 0) publish('history/restored', { entries })
    countAgain()
    return true
  }

  /** One after the other: there is no hurry any more. */
  function purgeSoon(deletions: number[]): void {
    for (const deletion of deletions) timers.delete(deletion)
    purging = purging
      .then(async () => {
        for (const deletion of deletions) await purge(deletion)
      })
      .catch((error: unknown) => log.error('deleting for good broke', error))
  }

  async function purge(deletion: number): Promise<void> {
    const steps = [
      { next: callsToPurge, remove: purgeCalls },
      { next: messagesToPurge, remove: purgeMessages },
    ]
    for (const { next, remove } of steps) {
      while (!stopped) {
        const ids = next(db, deletion, BATCH)
        if (ids.length === 0) break
        await messages.forget(remove(db, ids))
        await turn()
      }
    }
  }

  return {
    handlers: {
      'history/delete': remove,
      'history/undoDelete': async ({ deletion }) =>
        (await undo(deletion)) ? ok(null) : failed({ kind: 'too-late' as const }),
    },
    start: () => purgeSoon(deletionsLeft(db)),
    async stop() {
      stopped = true
      for (const cancel of timers.values()) cancel()
      await purging
    },
  }
}

/** Every page of a list after the other, as ids; what is read is gone from the list or passed by the cursor. */
function* inPages(
  read: (after: { startedAt: number; callId: string } | null) => { id: string; startedAt: number }[],
): Generator<string[]> {
  for (let after: { startedAt: number; callId: string } | null = null; ; ) {
    const page = read(after)
    const oldest = page.at(-1)
    if (!oldest) return
    yield page.map(({ id }) => id)
    after = { startedAt: oldest.startedAt, callId: oldest.id }
  }
}
