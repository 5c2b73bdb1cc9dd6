import { z } from 'zod'
import type { InputSchemas } from './channels'
import { id } from './ids'
import type { Result } from './result'
import type { SaveFailure } from './takes'

/** Longest note, in UTF-16 code units. */
export const MAX_NOTE_LENGTH = 1_000

export type SendProblem =
  | 'not-accepted'
  | 'file-lost'
  | 'disk-full'
  /** The person took it but what arrived was not what was sent. */
  | 'damaged'
  | 'network'

/** Where a message stands; each side sees its own half. `progress` is 0..1. */
export type MessageState =
  | { phase: 'waiting' }
  | { phase: 'sending'; progress: number }
  /** A server keeps it for the person. */
  | { phase: 'stored' }
  | { phase: 'delivered' }
  | { phase: 'played'; at: number }
  | { phase: 'failed'; problem: SendProblem }
  | { phase: 'fetching'; progress: number }
  | { phase: 'unplayed' }

export type MessageContent =
  | { kind: 'text'; text: string }
  | { kind: 'audio'; durationMs: number; size: number; waveform: number[] }
  | { kind: 'video'; durationMs: number; size: number; width: number; height: number }

/** A message, in or out, tied to the call it answers. Files play at `media://message/<id>`, posters at `media://poster/<id>`. */
export type Message = {
  id: string
  callId: string
  personId: string
  direction: 'in' | 'out'
  sentAt: number
  content: MessageContent
  state: MessageState
  /** Pinned by the person: no rule ever deletes it. */
  kept: boolean
}

const aMessage = z.strictObject({ messageId: id })
const keep = z.strictObject({ messageId: id, kept: z.boolean() })
const sendTake = z.strictObject({ takeId: id })
const sendNote = z.strictObject({ callId: id, text: z.string().trim().min(1).max(MAX_NOTE_LENGTH) })

export type SendFailure =
  | { kind: 'take-unknown' }
  | { kind: 'not-ready' }
  | { kind: 'not-accepted' }
  /** The take stays as it is. */
  | { kind: 'disk-full' }
export type MessageGone = { kind: 'message-gone' }

export type MessageRequests = {
  'messages/sendTake': (input: z.infer<typeof sendTake>) => Result<Message, SendFailure>
  'messages/sendNote': (
    input: z.infer<typeof sendNote>,
  ) => Result<Message, { kind: 'call-unknown' } | { kind: 'not-accepted' }>
  /** Takes a message back that has not arrived yet; its take is unsent again, a note is gone. */
  'messages/cancel': (
    input: z.infer<typeof aMessage>,
  ) => Result<null, MessageGone | { kind: 'already-delivered' }>
  'messages/retry': (input: z.infer<typeof aMessage>) => Result<Message, MessageGone>
  'messages/markPlayed': (input: z.infer<typeof aMessage>) => Result<Message, MessageGone>
  'messages/setKept': (input: z.infer<typeof keep>) => Result<Message, MessageGone>
  /** The call of the unplayed message below this one in the history, from the top again after the last; null: no other. */
  'messages/nextUnplayed': (input: z.infer<typeof aMessage>) => { callId: string } | null
  'messages/saveAs': (input: z.infer<typeof aMessage>) => Result<{ fileName: string }, SaveFailure>
  'messages/copyText': (input: z.infer<typeof aMessage>) => Result<null, MessageGone>
  /** Puts the message's file on the clipboard, to be pasted in a folder or a mail. */
  'messages/copyFile': (input: z.infer<typeof aMessage>) => Result<null, SaveFailure>
  /** Shows the message's file in the system's own file window. */
  'messages/reveal': (input: z.infer<typeof aMessage>) => Result<null, SaveFailure>
  /** Begins a native drag of the message's file; must be called from `dragstart`. */
  'messages/startDrag': (input: z.infer<typeof aMessage>) => Result<null, MessageGone | { kind: 'not-ready' }>
}

export const messageInputs = {
  'messages/sendTake': sendTake,
  'messages/sendNote': sendNote,
  'messages/cancel': aMessage,
  'messages/retry': aMessage,
  'messages/markPlayed': aMessage,
  'messages/setKept': keep,
  'messages/nextUnplayed': aMessage,
  'messages/saveAs': aMessage,
  'messages/copyText': aMessage,
  'messages/startDrag': aMessage,
  'messages/copyFile': aMessage,
  'messages/reveal': aMessage,
} satisfies InputSchemas<MessageRequests>
