import type { Call, CallOutcome } from '../../../preload/contract/calls'
import type { HistoryEntry } from '../../../preload/contract/history'
import type { Message } from '../../../preload/contract/messages'
import type { Person } from '../../../preload/contract/people'
import type { Take } from '../../../preload/contract/takes'

export const bob: Person = {
  id: 'bob',
  name: 'Bob',
  address: 'bob@nearby.invalid',
  contact: true,
  verified: false,
  number: '123456',
  reachable: true,
  blocked: false,
}

export const ended = (outcome: CallOutcome, talkedMs = 0): Call['state'] => ({
  phase: 'ended',
  outcome,
  at: 1_000,
  talkedMs,
  accepts: null,
})

export const aCall = (change: Partial<Call> = {}): Call => ({
  id: 'call',
  personId: bob.id,
  direction: 'in',
  media: 'video',
  startedAt: 1_000,
  state: ended('unanswered'),
  seen: false,
  late: false,
  ...change,
})

export const anEntry = (change: Partial<Call> = {}, messages: Message[] = []): HistoryEntry => ({
  call: aCall(change),
  person: bob,
  messages,
})

export const aMessage = (change: Partial<Message> = {}): Message => ({
  id: 'message',
  callId: 'call',
  personId: bob.id,
  direction: 'in',
  sentAt: 2_000,
  content: { kind: 'video', durationMs: 24_000, size: 1, width: 1280, height: 720 },
  state: { phase: 'unplayed' },
  kept: false,
  ...change,
})

export const aTake = (change: Partial<Take> = {}): Take => ({
  id: 'take',
  callId: 'call',
  personId: bob.id,
  kind: 'video',
  startedAt: 1_000,
  durationMs: 12_000,
  width: 1280,
  height: 720,
  waveform: null,
  state: { phase: 'ready' },
  ...change,
})
