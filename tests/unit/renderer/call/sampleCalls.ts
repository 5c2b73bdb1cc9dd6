import type { Call, CallOutcome, CallState } from '../../../../preload/contract/calls'
import type { Accepts } from '../../../../preload/contract/people'

export const everything: Accepts = { video: 180, audio: 300, text: true, note: '' }

export const aCall = (change: Partial<Call> = {}): Call => ({
  id: 'call',
  personId: 'bob',
  direction: 'out',
  media: 'video',
  startedAt: 0,
  state: { phase: 'dialing' },
  seen: true,
  late: false,
  ...change,
})

export const ended = (outcome: CallOutcome, accepts: Accepts | null = everything): CallState => ({
  phase: 'ended',
  outcome,
  at: 1_000,
  talkedMs: 0,
  accepts,
})

export const ringing: CallState = { phase: 'ringing', until: 45_000, accepts: everything }
