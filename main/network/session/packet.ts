import type { Medium } from '../../../preload/contract/ids'
import type { Accepts } from '../../../preload/contract/people'
import type { MediaFile } from '../network'

/**
 * What two devices say to each other, as plain data. The stanza codec turns each into XMPP and back, so this is
 * also the list of everything that we understand; anything else from outside never gets this far.
 */
export type Packet = CallPacket | MessagePacket | Hello | Probe

/** Call signalling: XEP-0353 (propose … finish), then Jingle (XEP-0166). `requestId` wants a `done` or `unknown-call`. */
export type CallPacket =
  | {
      kind: 'propose'
      callId: string
      media: Medium
      ringSeconds: number | null
      accepts: Accepts | null
      name: string
    }
  | { kind: 'ringing'; callId: string; accepts: Accepts | null }
  | { kind: 'proceed'; callId: string }
  | { kind: 'reject'; callId: string; reason: RejectReason; accepts: Accepts | null }
  | { kind: 'retract'; callId: string; reason: 'cancelled' | 'unanswered' | 'tie-break' }
  | { kind: 'finish'; callId: string; reason: TerminateReason }
  | { kind: 'initiate' | 'answer'; callId: string; requestId: string; sdp: string }
  | ({ kind: 'candidate'; callId: string; requestId: string } & IceCandidate)
  /** ICE restart: new credentials for every content, no candidates (what Conversations speaks). */
  | { kind: 'restart'; callId: string; requestId: string; transports: IceCredentials[] }
  | { kind: 'mute'; callId: string; requestId: string; mid: string; muted: boolean }
  | { kind: 'terminate'; callId: string; requestId: string; reason: TerminateReason }
  | { kind: 'ping'; callId: string; requestId: string }
  | CallReply
  | { kind: 'recording'; callId: string; on: boolean }

export type CallReply = { kind: 'done'; requestId: string } | { kind: 'unknown-call'; requestId: string }

export type RejectReason = 'declined' | 'busy' | 'not-allowed' | 'unanswered' | 'tie-break'
export type TerminateReason = 'hung-up' | 'failed'
export type IceCredentials = { mid: string; usernameFragment: string; password: string }
export type IceCandidate = IceCredentials & { candidate: string }

export type MessagePacket =
  | { kind: 'note'; id: string; callId: string; sentAt: number; text: string }
  | { kind: 'file'; id: string; callId: string; sentAt: number; file: MediaFile; source: string }
  /** A retracted propose, told afterwards. */
  | { kind: 'missed-call'; id: string; callId: string; sentAt: number; media: Medium; name: string }
  | { kind: 'receipt'; id: string; state: ReceiptState }

export type ReceiptState = 'received' | 'played' | 'refused' | 'damaged'

/**
 * Said once a link is up, and again when something in it changes. `saved`: we have them as a contact; `port`: where
 * this device listens, for whoever was dialled and wants to dial back (nearby).
 */
export type Hello = { kind: 'hello'; name: string; saved: boolean; port: number | null }

/** Asks a link for a sign of life (XEP-0199); the answer is `done`. */
export type Probe = { kind: 'probe'; requestId: string }

/** How the session reaches others; a network gives one and calls the session back with what arrives. */
export type Wire = {
  /** Resolves false when it could not be handed over. Packets to one address keep their order. */
  send(to: string, packet: Packet): Promise<boolean>
}
