import { z } from 'zod'
import type { InputSchemas } from './channels'
import type { MessageContent } from './messages'

/** How long messages stay: until they are deleted by hand, or 30 days after they were played. */
export const keepRule = z.enum(['forever', '30-days'])
export type KeepRule = z.infer<typeof keepRule>

/** What lies on this computer, in bytes of the finished files. Takes are messages that were not sent yet. */
export type StorageUse = {
  messages: { count: number; bytes: number }
  takes: { count: number; bytes: number }
}

/** A message that a keep rule will delete. */
export type DueMessage = {
  messageId: string
  callId: string
  /** Who it is from, or to. */
  name: string
  direction: 'in' | 'out'
  kind: MessageContent['kind']
  /** Bytes; 0 for a note. */
  size: number
  sentAt: number
  /** From then on the next run deletes it. */
  dueAt: number
}

/** What the rules delete in the next seven days, soonest first; `messages` holds the first 200 of `count`. */
export type DueMessages = { count: number; bytes: number; now: number; messages: DueMessage[] }

/** What a run deleted, and the bytes that are free again. */
export type Freed = { count: number; bytes: number }

export type StorageRequests = {
  'storage/use': () => StorageUse
  'storage/due': () => DueMessages
  /** Deletes what is due now, without waiting for the daily run. */
  'storage/deleteDue': () => Freed
}
export const storageInputs = {
  'storage/use': z.undefined(),
  'storage/due': z.undefined(),
  'storage/deleteDue': z.undefined(),
} satisfies InputSchemas<StorageRequests>
