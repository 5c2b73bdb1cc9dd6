import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { insertCall } from '../../main/calls/callStore'
import { systemClock } from '../../main/clock'
import { openDatabase } from '../../main/database/openDatabase'
import { silentLog } from '../../main/log'
import { insertMessage } from '../../main/messages/messageStore'
import { insertPerson, saveContact } from '../../main/people/peopleStore'
import type { CallOutcome } from '../../preload/contract/calls'
import type { MessageContent } from '../../preload/contract/messages'

export type PastCall = {
  name: string
  /** Missed and incoming, when nothing else is said. */
  direction?: 'in' | 'out'
  outcome?: CallOutcome
  media?: 'audio' | 'video'
  seen?: boolean
  message?: MessageContent
  /** Whether its message was played. */
  played?: boolean
}

/**
 * Writes a history into a profile that no app runs on, newest call first, an hour between two. Everybody whose name
 * does not begin with "Stranger" is a contact. Files of messages are there, with nothing in them that plays.
 */
export function writePastCalls(profile: string, calls: PastCall[]): void {
  const folder = path.join(profile, 'data')
  mkdirSync(path.join(folder, 'messages'), { recursive: true })
  const opened = openDatabase({ file: path.join(folder, 'aftertone.db'), clock: systemClock, log: silentLog })
  if (!opened.ok) throw new Error(opened.failure.kind)
  const { db, close } = opened.value
  const people = new Map<string, string>()
  const personCalled = (name: string): string => {
    const known = people.get(name)
    if (known) return known
    const id = crypto.randomUUID()
    const address = `${String.fromCharCode(97 + people.size).repeat(51)}a@nearby.invalid`
    insertPerson(db, { id, name, address })
    if (!name.startsWith('Stranger')) saveContact(db, { id, name, at: 1 })
    people.set(name, id)
    return id
  }
  for (const [hours, past] of calls.entries()) {
    const { name, direction = 'in', outcome = 'unanswered', media = 'video', message } = past
    const startedAt = Date.now() - (hours + 1) * 3_600_000
    const callId = crypto.randomUUID()
    const personId = personCalled(name)
    insertCall(db, {
      id: callId,
      personId,
      direction,
      media,
      startedAt,
      state: { phase: 'ended', outcome, at: startedAt + 30_000, talkedMs: 0, accepts: null },
      seen: past.seen ?? true,
      late: false,
    })
    if (!message) continue
    const id = crypto.randomUUID()
    const isOurs = direction === 'out'
    const state = isOurs
      ? { phase: 'delivered' as const }
      : past.played
        ? { phase: 'played' as const, at: startedAt + 90_000 }
        : { phase: 'unplayed' as const }
    const isNote = message.kind === 'text'
    if (!isNote) writeFileSync(path.join(folder, 'messages', `${id}.mp4`), 'not a film')
    insertMessage(db, {
      message: {
        id,
        callId,
        personId,
        direction,
        sentAt: startedAt + 60_000,
        content: message,
        state,
        kept: false,
      },
      sha256: isNote ? null : '0'.repeat(64),
      sender: null,
      source: null,
    })
  }
  close()
}
