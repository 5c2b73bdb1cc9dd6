import { z } from 'zod'
import type { EventNames, InputSchemas } from './channels'
import { id } from './ids'
import type { Result } from './result'

/** What someone takes when they don't answer: seconds of video and of audio (0: none), notes or not, a line to callers. */
export type Accepts = { video: number; audio: number; text: boolean; note: string }

export type Person = {
  id: string
  name: string
  /** `<52-letter key>@nearby.invalid` or `bob@example.org`. */
  address: string
  /** Saved by hand; only contacts are pinned by their key. */
  contact: boolean
  /** The six digits were compared and found equal. */
  verified: boolean
  /** Six digits made from both keys, the same on both screens; null for an account. */
  number: string | null
  /** Undefined knowledge is null: an account may hide it. */
  reachable: boolean | null
  blocked: boolean
}

/** Somebody on the same network, saved or not. */
export type NearbyPerson = { address: string; name: string; number: string; personId: string | null }

/** Somebody added us; until we add them back we see their name, address and number only. */
export type ContactRequest = { address: string; name: string; number: string }

const address = z.string().min(3).max(320)
const name = z.string().trim().min(1).max(500)
const addPerson = z.strictObject({ address, name })
const addByInvite = z.strictObject({ link: z.string().max(2_000) })
const aPerson = z.strictObject({ personId: id })
const anAddress = z.strictObject({ address })

export type AddFailure =
  | { kind: 'invite-malformed' }
  | { kind: 'bad-key' }
  | { kind: 'own-address' }
  | { kind: 'already-contact'; personId: string }

export type PeopleRequests = {
  'people/list': () => Person[]
  'people/nearby': () => NearbyPerson[]
  'people/requests': () => ContactRequest[]
  'people/add': (input: z.infer<typeof addPerson>) => Result<Person, AddFailure>
  'people/addByInvite': (input: z.infer<typeof addByInvite>) => Result<Person, AddFailure>
  /** A link that others paste or click to add us: `aftertone:add?...`. */
  'people/invite': () => { link: string }
  'people/dismissRequest': (input: z.infer<typeof anAddress>) => null
  'people/verify': (input: z.infer<typeof aPerson>) => Result<Person, { kind: 'person-unknown' }>
}

export const peopleInputs = {
  'people/list': z.undefined(),
  'people/nearby': z.undefined(),
  'people/requests': z.undefined(),
  'people/add': addPerson,
  'people/addByInvite': addByInvite,
  'people/invite': z.undefined(),
  'people/dismissRequest': anAddress,
  'people/verify': aPerson,
} satisfies InputSchemas<PeopleRequests>

export type PeopleEvents = {
  'people/changed': Person
  'people/nearbyChanged': NearbyPerson[]
  'people/requestsChanged': ContactRequest[]
  /** Another key answered in the name of a pinned person; nothing was sent to it. */
  'people/wrongKey': { personId: string }
}

export const peopleEvents = {
  'people/changed': true,
  'people/nearbyChanged': true,
  'people/requestsChanged': true,
  'people/wrongKey': true,
} satisfies EventNames<PeopleEvents>
