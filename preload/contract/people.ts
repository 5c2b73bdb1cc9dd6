import { z } from 'zod'
import type { EventNames, InputSchemas } from './channels'
import { id } from './ids'
import type { Result } from './result'
import type { SaveFailure } from './takes'

/** What someone takes when they don't answer: seconds of video and of audio (0: none), notes or not, a line to callers. */
export type Accepts = { video: number; audio: number; text: boolean; note: string }

export type Person = {
  id: string
  name: string
  /** The one that is called, of several: `<52-letter key>@nearby.invalid` or `bob@example.org`. */
  address: string
  /** Saved by hand; only contacts are pinned by their key. */
  contact: boolean
  /** The six digits of the address were compared and found equal. */
  verified: boolean
  /** Six digits made from both keys, the same on both screens; null for an account. */
  number: string | null
  /** Undefined knowledge is null: an account may hide it. */
  reachable: boolean | null
  blocked: boolean
}

/** One of the ways to reach a person. */
export type PersonAddress = Pick<Person, 'address' | 'number' | 'reachable' | 'verified'>

/** All that a person's page shows of them; what they accept is null while nobody told. */
export type PersonDetails = {
  person: Person
  /** In the order in which they came to be known. */
  addresses: PersonAddress[]
  accepts: Accepts | null
  suggested: boolean
}

/** Somebody on the same network, saved or not; a contact has the name that we gave. */
export type NearbyPerson = {
  address: string
  name: string
  number: string
  personId: string | null
  contact: boolean
}

/** No contact, and trusted with leaving messages all the same. */
export type SuggestedPerson = { person: Person; reason: 'answered' | 'imported' }

/** What became of a file of contacts: how many of its people were … */
export type ImportReport = {
  /** … not known before. */
  added: number
  /** … known, and got a name or an address by it. */
  merged: number
  /** … known already, in every respect. */
  unchanged: number
  /** … no contacts, but met under their e-mail address, so that they may leave messages. */
  suggested: number
  /** … left out: */
  noAddress: number
  ourselves: number
  blocked: number
  /** Two contacts share what the file says is one person. */
  conflicting: number
  unreadable: number
}
export type ImportFailure =
  | { kind: 'cancelled' }
  | { kind: 'already-importing' }
  | { kind: 'file-unreadable' }
  | { kind: 'file-too-large' }
  | { kind: 'not-contacts' }

const address = z.string().min(3).max(320)
const name = z.string().trim().min(1).max(500)
const addPerson = z.strictObject({ address, name })
const addByInvite = z.strictObject({ link: z.string().max(2_000) })
const aPerson = z.strictObject({ personId: id })
const setBlocked = z.strictObject({ personId: id, blocked: z.boolean() })
const personAndAddress = z.strictObject({ personId: id, address })
const changePerson = z.strictObject({ personId: id, name })
/** `text` is an address or an invite link. */
const addAddress = z.strictObject({ personId: id, text: z.string().max(2_000) })
const dismissSuggestion = z.strictObject({ personId: id, never: z.boolean() })

/** Keyset cursor: the last contact that the caller has. */
const cursor = z.strictObject({ sortName: z.string().max(20_000), personId: id })
export type PeopleCursor = z.infer<typeof cursor>
const page = z.strictObject({
  /** Words that occur in the name; '' is everybody. */
  query: z.string().max(500),
  after: cursor.nullable(),
  limit: z.int().min(1).max(200),
})
/** `next` is null on the last page, `count` is of all pages. */
export type PeoplePage = { people: Person[]; next: PeopleCursor | null; count: number }

export type AddFailure =
  | { kind: 'invite-malformed' }
  | { kind: 'bad-key' }
  | { kind: 'own-address' }
  | { kind: 'already-contact'; personId: string; name: string }
type PersonUnknown = { kind: 'person-unknown' }
export type AddAddressFailure =
  | AddFailure
  | PersonUnknown
  /** Somebody blocked has it. */
  | { kind: 'address-blocked'; personId: string; name: string }

export type PeopleRequests = {
  /** Contacts by name. */
  'people/page': (input: z.infer<typeof page>) => PeoplePage
  'people/find': (input: z.infer<typeof aPerson>) => PersonDetails | null
  'people/nearby': () => NearbyPerson[]
  'people/add': (input: z.infer<typeof addPerson>) => Result<Person, AddFailure>
  'people/addByInvite': (input: z.infer<typeof addByInvite>) => Result<Person, AddFailure>
  /** A link that others paste or click to add us: `aftertone:add?...`. */
  'people/invite': () => { link: string }
  /** By name. */
  'people/blocked': () => Person[]
  /** Blocked people can't ring or leave anything, and don't learn it. */
  'people/setBlocked': (input: z.infer<typeof setBlocked>) => Result<Person, PersonUnknown>
  /** The six digits of this address are the same on both screens. */
  'people/verify': (input: z.infer<typeof personAndAddress>) => Result<Person, PersonUnknown>
  'people/rename': (input: z.infer<typeof changePerson>) => Result<Person, PersonUnknown>
  /** An address of somebody who is no contact makes both one person. */
  'people/addAddress': (input: z.infer<typeof addAddress>) => Result<Person, AddAddressFailure>
  'people/removeAddress': (
    input: z.infer<typeof personAndAddress>,
  ) => Result<Person, PersonUnknown | { kind: 'last-address' }>
  /** A contact no more; calls and messages stay. */
  'people/remove': (input: z.infer<typeof aPerson>) => Result<Person, PersonUnknown>
  'people/suggested': () => SuggestedPerson[]
  /** Until it is earned again, or for ever. */
  'people/dismissSuggestion': (input: z.infer<typeof dismissSuggestion>) => null
  /** Asks for a vCard file and takes the people in it over. */
  'people/importFile': () => Result<ImportReport, ImportFailure>
  /** Stops the import under way and takes back what it did. */
  'people/cancelImport': () => null
  /** Takes back the last import; null when there is none. */
  'people/undoImport': () => null
  /** Asks where to, and writes all contacts into a vCard file. */
  'people/exportFile': () => Result<{ fileName: string; people: number }, SaveFailure>
}

export const peopleInputs = {
  'people/nearby': z.undefined(),
  'people/add': addPerson,
  'people/addByInvite': addByInvite,
  'people/invite': z.undefined(),
  'people/blocked': z.undefined(),
  'people/setBlocked': setBlocked,
  'people/page': page,
  'people/find': aPerson,
  'people/verify': personAndAddress,
  'people/rename': changePerson,
  'people/addAddress': addAddress,
  'people/removeAddress': personAndAddress,
  'people/remove': aPerson,
  'people/suggested': z.undefined(),
  'people/dismissSuggestion': dismissSuggestion,
  'people/importFile': z.undefined(),
  'people/cancelImport': z.undefined(),
  'people/undoImport': z.undefined(),
  'people/exportFile': z.undefined(),
} satisfies InputSchemas<PeopleRequests>

export type PeopleEvents = {
  'people/changed': Person
  'people/nearbyChanged': NearbyPerson[]
  /** Another key answered in the name of a pinned person; nothing was sent to it. */
  'people/wrongKey': { personId: string; name: string }
  /** Many contacts changed at once, or one came or went: pages have to be read anew. */
  'people/listChanged': null
  /** Two turned out to be one: `from` is gone, everything of theirs is `into`'s. */
  'people/merged': { from: string; into: string }
  /** How far the import is, 0..1; null when it is over. */
  'people/importing': number | null
}

export const peopleEvents = {
  'people/changed': true,
  'people/nearbyChanged': true,
  'people/wrongKey': true,
  'people/listChanged': true,
  'people/merged': true,
  'people/importing': true,
} satisfies EventNames<PeopleEvents>
