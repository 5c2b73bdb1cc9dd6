import { z } from 'zod'
import type { EventNames, InputSchemas } from './channels'
import { id, type Medium, medium } from './ids'
import type { Accepts } from './people'
import type { Result } from './result'

export type CallOutcome =
  | 'answered'
  | 'unanswered'
  | 'declined'
  | 'cancelled'
  | 'busy'
  | 'unreachable'
  | 'not-allowed'
  | 'failed'

/** Where a call stands. Times are milliseconds since the epoch. */
export type CallState =
  | { phase: 'dialing' }
  /** Both ends stop at `until`; `accepts` is what the called person takes when nobody answers (null: not told). */
  | { phase: 'ringing'; until: number; accepts: Accepts | null }
  | { phase: 'connecting' }
  | { phase: 'connected'; since: number }
  | { phase: 'ended'; outcome: CallOutcome; at: number; talkedMs: number; accepts: Accepts | null }

export type Call = {
  id: string
  personId: string
  direction: 'in' | 'out'
  media: Medium
  startedAt: number
  state: CallState
  /** An incoming call is unseen until its person looked at it. */
  seen: boolean
  /** Rang while this app was closed or out of reach; told afterwards. */
  late: boolean
}

/** What two WebRTC ends tell each other through the network; main only carries it. */
export const signal = z.union([
  z.strictObject({
    kind: z.literal('description'),
    type: z.enum(['offer', 'answer']),
    sdp: z.string().max(200_000),
  }),
  z.strictObject({
    kind: z.literal('candidate'),
    candidate: z.string().max(2_000),
    sdpMid: z.string().max(64),
    usernameFragment: z.string().max(256).optional(),
  }),
  z.strictObject({ kind: z.literal('muted'), media: z.array(medium).max(2) }),
])
export type Signal = z.infer<typeof signal>

export type IceServer = { urls: string[]; username?: string; credential?: string }

const aCall = z.strictObject({ callId: id })
const placeCall = z.strictObject({ personId: id, media: medium })
const sendSignal = z.strictObject({ callId: id, signal })
const endMedia = z.strictObject({ callId: id, reason: z.enum(['hung-up', 'media-failed']) })

export type CallGone = { kind: 'call-gone' }
export type PlaceCallFailure = { kind: 'person-unknown' } | { kind: 'already-in-call'; callId: string }

export type CallRequests = {
  'calls/place': (input: z.infer<typeof placeCall>) => Result<Call, PlaceCallFailure>
  'calls/answer': (input: z.infer<typeof aCall>) => Result<Call, CallGone>
  'calls/decline': (input: z.infer<typeof aCall>) => Result<Call, CallGone>
  /** Cancels while it rings, hangs up once connected; `media-failed` ends it as failed. */
  'calls/end': (input: z.infer<typeof endMedia>) => Result<Call, CallGone>
  /** The renderer's peer connection is up: the clock starts. */
  'calls/mediaConnected': (input: z.infer<typeof aCall>) => Result<Call, CallGone>
  'calls/sendSignal': (input: z.infer<typeof sendSignal>) => Result<null, CallGone>
  'calls/iceServers': (input: z.infer<typeof aCall>) => IceServer[]
  /** The call under way, if any; a window that opens late asks for it. */
  'calls/current': () => Call | null
  /** The screen that shows this call's outcome was looked at. */
  'calls/markSeen': (input: z.infer<typeof aCall>) => null
}

export const callInputs = {
  'calls/place': placeCall,
  'calls/answer': aCall,
  'calls/decline': aCall,
  'calls/end': endMedia,
  'calls/mediaConnected': aCall,
  'calls/sendSignal': sendSignal,
  'calls/iceServers': aCall,
  'calls/current': z.undefined(),
  'calls/markSeen': aCall,
} satisfies InputSchemas<CallRequests>

export type CallEvents = {
  'calls/changed': Call
  /** Make the peer connection now; one side offers. `plain`: the other end is not Aftertone. */
  'calls/connect': { callId: string; offer: boolean; plain: boolean }
  'calls/signal': { callId: string; signal: Signal }
  /** The other person records a message for this call right now. */
  'calls/recording': { callId: string; on: boolean }
}

export const callEvents = {
  'calls/changed': true,
  'calls/connect': true,
  'calls/signal': true,
  'calls/recording': true,
} satisfies EventNames<CallEvents>
