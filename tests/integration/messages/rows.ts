import type { Database } from 'better-sqlite3'
import { insertCall } from '../../../main/calls/callStore'
import { insertMessage } from '../../../main/messages/messageStore'
import { insertPerson } from '../../../main/people/peopleStore'
import type { Call } from '../../../preload/contract/calls'
import type { Message } from '../../../preload/contract/messages'

export const BOB = `${'b'.repeat(51)}a@nearby.invalid`
export const CAROL = `${'c'.repeat(51)}a@nearby.invalid`

/** A person with one unanswered outgoing call. */
export function unansweredCall(db: Database, address: string): Call {
  const personId = crypto.randomUUID()
  insertPerson(db, { id: personId, name: 'Somebody', address })
  const call: Call = {
    id: crypto.randomUUID(),
    personId,
    direction: 'out',
    media: 'video',
    startedAt: 1_000,
    state: { phase: 'ended', outcome: 'unanswered', at: 2_000, talkedMs: 0, accepts: null },
    seen: true,
    late: false,
  }
  insertCall(db, call)
  return call
}

export function waitingNote(db: Database, call: Call, text = 'Hello'): Message {
  const message: Message = {
    id: crypto.randomUUID(),
    callId: call.id,
    personId: call.personId,
    direction: 'out',
    sentAt: 3_000,
    content: { kind: 'text', text },
    state: { phase: 'waiting' },
    kept: false,
  }
  insertMessage(db, { message, sha256: null, sender: null, source: null })
  return message
}
