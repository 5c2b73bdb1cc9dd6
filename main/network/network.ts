import type { IceServer, Signal } from '../../preload/contract/calls'
import type { Medium } from '../../preload/contract/ids'
import type { Accepts } from '../../preload/contract/people'
import type { Result } from '../../preload/contract/result'

/**
 * The port: everything that the app knows of a network. Types only, and plain data only, so that the same
 * values cross Electron's IPC, a log and a test. Implemented by `nearby/`, `account/` and `memory/`; one
 * contract suite (tests/integration/network) runs on all of them.
 */

/** `<52-letter key>@nearby.invalid` or `bob@example.org`; never a device. */
export type Address = string

export type Peer = {
  address: Address
  /** The name that the peer gives itself; untrusted, at most 100 characters. */
  name: string
  reachable: boolean
  /** What they take from us; null: never heard. */
  accepts: Accepts | null
  /** Runs Aftertone, so accepts, posters and "is recording" work. */
  native: boolean
}

/** How a media file is described on the wire. Everything in here from a peer is checked by its codec. */
export type MediaFile = {
  kind: Medium
  mimeType: 'video/mp4' | 'audio/mp4'
  /** Bytes. */
  size: number
  /** Lower-case hex. */
  sha256: string
  durationMs: number
  /** Pixels; null for audio. */
  width: number | null
  height: number | null
  /** A small JPEG of at most 8 kB; null for audio. */
  poster: Uint8Array | null
  /** 120 peaks, 0..100; null for video. */
  waveform: number[] | null
}

/** What the outbox hands to a network, one attempt at a time. Ids are UUIDs, times are milliseconds since the epoch. */
export type Delivery = { id: string; to: Address; callId: string; sentAt: number } & (
  | { kind: 'missed-call'; media: Medium }
  | { kind: 'note'; text: string }
  | { kind: 'file'; file: MediaFile; path: string }
)

/**
 * What arrives. `source` is an https URL that `fetch` understands. The same message may arrive again, with a new
 * source, until its sender heard that it was received: acknowledge it each time.
 */
export type Arrival = { id: string; from: Address; callId: string; sentAt: number } & (
  | { kind: 'note'; text: string }
  | { kind: 'file'; file: MediaFile; source: string }
)

export type EndReason =
  | 'hung-up'
  | 'declined'
  | 'busy'
  | 'unanswered'
  | 'cancelled'
  | 'answered-elsewhere'
  | 'not-allowed'
  | 'unreachable'
  | 'failed'

export type NetworkStatus =
  | { kind: 'off' }
  | { kind: 'connecting' }
  | { kind: 'on' }
  | { kind: 'failed'; problem: 'no-network' | 'port-taken' | 'identity-unreadable' }

export type NetworkEvent =
  | { type: 'status'; status: NetworkStatus }
  /** A peer appeared, changed or (reachable false) went away. */
  | { type: 'peer'; peer: Peer }
  /** Somebody saved us as a contact. */
  | { type: 'contact-request'; from: Address; name: string }
  /** A call comes in. `live` false: it rang while we were away. `ringSeconds`: how long the caller lets it ring, if told. */
  | {
      type: 'call'
      callId: string
      from: Address
      name: string
      media: Medium
      at: number
      live: boolean
      ringSeconds: number | null
    }
  /**
   * Both called each other at once (XEP-0353 tie break) and theirs won: the network has accepted theirs;
   * ours never happened for anybody.
   */
  | { type: 'glare'; ours: string; theirs: { callId: string; media: Medium } }
  /** The called person's device rings. */
  | { type: 'ringing'; callId: string; accepts: Accepts | null }
  /** Both ends want the call: make the peer connection. `plain`: a foreign client. */
  | { type: 'connect'; callId: string; offer: boolean; plain: boolean }
  | { type: 'signal'; callId: string; signal: Signal }
  | { type: 'ended'; callId: string; reason: EndReason; accepts: Accepts | null }
  | { type: 'recording'; callId: string; on: boolean }
  | { type: 'arrival'; arrival: Arrival }
  | { type: 'receipt'; id: string; from: Address; state: 'received' | 'played' }
  /** Another key answered in the name of this address; nothing was sent to it. */
  | { type: 'wrong-key'; address: Address }

export type DeliverFailure =
  /** Try again when the peer is reachable. */
  | { kind: 'unreachable' }
  /** Try again later. */
  | { kind: 'interrupted' }
  | { kind: 'cancelled' }
  /** The peer does not take it; do not try again by yourself. */
  | { kind: 'refused' }
  | { kind: 'file-lost' }
  /** The peer said that what it got was not what was described. */
  | { kind: 'damaged' }

export type FetchFailure =
  | { kind: 'unreachable' }
  | { kind: 'interrupted' }
  | { kind: 'cancelled' }
  | { kind: 'damaged' }
  | { kind: 'gone' }
  | { kind: 'disk-full' }

export type Network = {
  readonly kind: 'nearby' | 'account'
  readonly self: Address
  /** Returns the unsubscriber. Events are never emitted during a call into the port. */
  listen(hear: (event: NetworkEvent) => void): () => void
  start(): Promise<void>
  /** Says goodbye and releases every socket and timer. */
  stop(): Promise<void>
  /** The machine resumed or its interfaces changed: look again now. */
  wake(): void

  peers(): Peer[]
  /** Tells the peer that we saved them; safe to repeat. `endpoint` is a `host:port` to try where discovery does not reach. */
  addContact(contact: { address: Address; endpoint: string | null }): void
  /** Our own name, as peers see it from now on. */
  setSelf(self: { name: string }): void

  iceServers(): Promise<IceServer[]>
  /** `ringSeconds` travels along so that both ends stop together. Ends with an event, whatever happens. */
  propose(call: { callId: string; to: Address; media: Medium; ringSeconds: number }): void
  /** We ring for it: tells the caller, with what we take from them. */
  ring(callId: string, accepts: Accepts): void
  accept(callId: string): void
  decline(callId: string, reason: 'declined' | 'busy' | 'not-allowed' | 'unanswered', accepts: Accepts): void
  signal(callId: string, signal: Signal): void
  /** Retracts, terminates or finishes, as the phase asks. */
  end(callId: string, reason: EndReason): void
  recording(callId: string, on: boolean): void

  /** One attempt. `received`: their device has it, size and hash checked; `stored`: their server keeps it. */
  deliver(
    delivery: Delivery,
    progress: (bytes: number) => void,
    stop: AbortSignal,
  ): Promise<Result<'stored' | 'received', DeliverFailure>>
  /** Downloads into `path`, going on where it ends; done only when size and hash are right. A damaged file is removed. */
  fetch(
    arrival: Arrival & { kind: 'file' },
    path: string,
    progress: (bytes: number) => void,
    stop: AbortSignal,
  ): Promise<Result<null, FetchFailure>>
  /** Tells the sender; `damaged` makes their delivery fail as such. */
  acknowledge(
    arrival: { id: string; from: Address },
    state: 'received' | 'played' | 'refused' | 'damaged',
  ): void
}

/**
 * Pinned contacts with their endpoints, known before the network starts. Nobody is kept out, blocked people neither:
 * a door that is closed for one would tell them that they are blocked. The services answer them as if we were not
 * available.
 */
export type KnownContacts = () => { address: Address; endpoint: string | null }[]
