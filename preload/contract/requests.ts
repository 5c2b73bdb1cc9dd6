import { z } from 'zod'
import type { EventNames, InputSchemas } from './channels'
import type { AddFailure, Person } from './people'
import type { Result } from './result'

/** One thing that a stranger left; of a recording nothing was fetched. */
export type WaitingMessage = {
  id: string
  kind: 'text' | 'audio' | 'video'
  /** The beginning of a note, in one line; '' for a recording. */
  line: string
  /** Null for a note. */
  durationMs: number | null
  receivedAt: number
}

/** A stranger who waits for an answer: who added us, or left messages, or both. */
export type Request = {
  address: string
  name: string
  /** Six digits made from both keys, the same on both screens; null for an account. */
  number: string | null
  addedUs: boolean
  /** Newest first. */
  messages: WaitingMessage[]
}

const aSender = z.strictObject({ address: z.string().min(3).max(320) })

export type RequestRequests = {
  /** The newest first. */
  'requests/list': () => Request[]
  /** Saves the sender as a contact; what waits at their computer then comes by itself. */
  'requests/accept': (input: z.infer<typeof aSender>) => Result<Person, AddFailure | { kind: 'request-gone' }>
  /** Puts what they left aside. They are not told. */
  'requests/decline': (input: z.infer<typeof aSender>) => null
  'requests/block': (input: z.infer<typeof aSender>) => null
}

export const requestInputs = {
  'requests/list': z.undefined(),
  'requests/accept': aSender,
  'requests/decline': aSender,
  'requests/block': aSender,
} satisfies InputSchemas<RequestRequests>

export type RequestEvents = { 'requests/changed': Request[] }
export const requestEvents = { 'requests/changed': true } satisfies EventNames<RequestEvents>
