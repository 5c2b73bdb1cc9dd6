import { z } from 'zod'
import type { EventNames, InputSchemas } from './channels'
import { id, type Medium, medium } from './ids'
import type { Result } from './result'

/** Largest recorder chunk that main takes, in bytes. */
export const MAX_CHUNK_BYTES = 16 * 1024 * 1024
/** Largest poster that main takes, in bytes (JPEG). */
export const MAX_POSTER_BYTES = 256 * 1024
/** Shorter takes are dropped, in milliseconds. */
export const MIN_TAKE_MS = 500

export type TakeProblem = 'disk-full' | 'ffmpeg-missing' | 'ffmpeg-failed' | 'not-media'

export type TakeState =
  | { phase: 'recording' }
  /** The batch path runs; `progress` is 0..1. */
  | { phase: 'preparing'; progress: number }
  | { phase: 'ready' }
  /** What was recorded is kept; preparing can be tried again. */
  | { phase: 'failed'; problem: TakeProblem }

/** One recording attempt for a call; playable at `media://take/<id>` once ready. */
export type Take = {
  id: string
  callId: string
  personId: string
  kind: Medium
  startedAt: number
  durationMs: number
  width: number | null
  height: number | null
  /** 120 peaks, 0..100, or null while unknown. */
  waveform: number[] | null
  state: TakeState
}

const beginTake = z.strictObject({ callId: id, kind: medium, mimeType: z.string().min(1).max(200) })
const bytes = z.instanceof(Uint8Array)
const appendChunk = z.strictObject({
  takeId: id,
  /** Counts from 0. */
  seq: z.int().min(0),
  bytes: bytes.refine((chunk) => chunk.byteLength <= MAX_CHUNK_BYTES, 'chunk too large'),
})
const finishTake = z.strictObject({
  takeId: id,
  durationMs: z
    .number()
    .min(0)
    .max(24 * 3_600_000),
  width: z.int().positive().max(16_384).nullable(),
  height: z.int().positive().max(16_384).nullable(),
  poster: bytes.refine((jpeg) => jpeg.byteLength <= MAX_POSTER_BYTES, 'poster too large').nullable(),
})
const aTake = z.strictObject({ takeId: id })

export type BeginTakeFailure =
  | { kind: 'call-unknown' }
  | { kind: 'already-recording'; takeId: string }
  | { kind: 'disk-full' }
  /** The called person does not take this kind. */
  | { kind: 'not-accepted' }
  /** A recording type that we cannot prepare. */
  | { kind: 'unsupported-type' }
export type AppendFailure =
  | { kind: 'take-unknown' }
  | { kind: 'out-of-order'; expected: number }
  | { kind: 'too-long' }
  | { kind: 'disk-full' }
export type FinishFailure = { kind: 'take-unknown' } | { kind: 'too-short' }
export type SaveFailure =
  | { kind: 'not-ready' }
  | { kind: 'cancelled' }
  | { kind: 'disk-full' }
  | { kind: 'unwritable' }

export type TakeRequests = {
  'takes/begin': (input: z.infer<typeof beginTake>) => Result<Take, BeginTakeFailure>
  'takes/append': (input: z.infer<typeof appendChunk>) => Result<null, AppendFailure>
  /** Ends the recording; resolves when the finished file is there, or with a take that is still preparing. */
  'takes/finish': (input: z.infer<typeof finishTake>) => Result<Take, FinishFailure>
  /** Prepares a failed take again from what was recorded. */
  'takes/prepareAgain': (input: z.infer<typeof aTake>) => Result<Take, { kind: 'take-unknown' }>
  /** Deletes a take in any phase; stops what runs for it. */
  'takes/discard': (input: z.infer<typeof aTake>) => null
  /** Takes that were recorded and neither sent nor discarded, newest first. */
  'takes/unsent': () => Take[]
  'takes/saveAs': (input: z.infer<typeof aTake>) => Result<{ fileName: string }, SaveFailure>
}

export const takeInputs = {
  'takes/begin': beginTake,
  'takes/append': appendChunk,
  'takes/finish': finishTake,
  'takes/prepareAgain': aTake,
  'takes/discard': aTake,
  'takes/unsent': z.undefined(),
  'takes/saveAs': aTake,
} satisfies InputSchemas<TakeRequests>

export type TakeEvents = { 'takes/changed': Take; 'takes/removed': { takeId: string } }
export const takeEvents = { 'takes/changed': true, 'takes/removed': true } satisfies EventNames<TakeEvents>
