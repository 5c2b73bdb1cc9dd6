import type { Database } from 'better-sqlite3'
import type { Handlers } from '../../preload/contract/channels'
import type { MessageRequests } from '../../preload/contract/messages'
import { failed, ok } from '../../preload/contract/result'
import type { Settings } from '../../preload/contract/settings'
import type { DueMessage, Freed, StorageRequests } from '../../preload/contract/storage'
import type { Clock } from '../clock'
import type { Log } from '../log'
import { dueAt, FORESEEN_MS, isDue, KEPT_AFTER_PLAYING_MS } from './keepRules'
import {
  nextUnplayedCall,
  playedUntil,
  type RuledMessage,
  removePlayed,
  setKept,
  storageUse,
} from './keepStore'
import type { MessageFiles } from './messageFiles'
import { findMessage } from './messageStore'

const A_DAY_MS = 24 * 3_600_000
/** So many of what will be deleted are listed; the sums are of all. */
const MOST_LISTED = 200

export type Keeping = {
  handlers: Handlers<StorageRequests & Pick<MessageRequests, 'messages/setKept' | 'messages/nextUnplayed'>>
  /** Deletes what is due, now and once a day. */
  start(): void
  /** Resolves when no file is being deleted any more; what is still due waits for the next start. */
  stop(): Promise<void>
}

/** How long messages stay, what they take on the disk, and which to play next. */
export function createKeeping({
  db,
  clock,
  log,
  files,
  settings,
  changed,
}: {
  db: Database
  clock: Clock
  log: Log
  files: Pick<MessageFiles, 'remove'>
  settings: { get(): Settings }
  /** A call's entry in the history changed. */
  changed(callId: string): void
}): Keeping {
  let running: Promise<Freed> | null = null
  let stopped = false
  let cancelTimer = () => {}

  /** As the rules see it: only what they ask. */
  const ruled = ({ playedAt, rule }: RuledMessage) => ({
    message: { state: { phase: 'played' as const, at: playedAt }, kept: false },
    rule: rule ?? settings.get().keepMessages,
  })

  function foreseen(): DueMessage[] {
    return playedUntil(db, clock.now() + FORESEEN_MS - KEPT_AFTER_PLAYING_MS).flatMap((played) => {
      const { message, rule } = ruled(played)
      const due = dueAt(message, rule)
      if (due === null) return []
      const { messageId, callId, name, direction, kind, size, sentAt } = played
      return [{ messageId, callId, name, direction, kind, size, sentAt, dueAt: due }]
    })
  }

  /** One after the other, each with its own row and files, so that the windows get their turn in between. */
  async function sweep(): Promise<Freed> {
    const freed: Freed = { count: 0, bytes: 0 }
    const now = clock.now()
    const due = playedUntil(db, now - KEPT_AFTER_PLAYING_MS).filter((played) => {
      const { message, rule } = ruled(played)
      return isDue(message, rule, now)
    })
    for (const { messageId, callId, size } of due) {
      if (stopped) break
      if (!removePlayed(db, messageId, now)) continue
      freed.count += 1
      try {
        await files.remove(messageId)
        freed.bytes += size
      } catch (error) {
        // Still open somewhere; without a row it goes at the next start.
        log.warn('a file that is not kept any more could not be removed', error)
      }
      changed(callId)
    }
    if (freed.count > 0) log.info('removed messages that were kept long enough', freed)
    return freed
  }

  /** Asked for again while it runs, it is the same run. */
  function deleteDue(): Promise<Freed> {
    running ??= sweep().finally(() => {
      running = null
    })
    return running
  }

  function daily(): void {
    deleteDue().catch((error: unknown) => log.error('deleting what is not kept broke', error))
    cancelTimer = clock.after(A_DAY_MS, daily)
  }

  return {
    handlers: {
      'storage/use': () => storageUse(db),
      'storage/due': () => {
        const messages = foreseen()
        return {
          count: messages.length,
          bytes: messages.reduce((sum, { size }) => sum + size, 0),
          now: clock.now(),
          messages: messages.slice(0, MOST_LISTED),
        }
      },
      'storage/deleteDue': deleteDue,
      'messages/setKept': ({ messageId, kept }) => {
        const message = findMessage(db, messageId)?.message
        if (!message) return failed({ kind: 'message-gone' })
        setKept(db, messageId, kept)
        changed(message.callId)
        return ok({ ...message, kept })
      },
      'messages/nextUnplayed': ({ messageId }) => {
        const callId = nextUnplayedCall(db, messageId)
        return callId === null ? null : { callId }
      },
    },
    start: daily,
    async stop() {
      stopped = true
      cancelTimer()
      await running?.catch(() => undefined)
    },
  }
}
