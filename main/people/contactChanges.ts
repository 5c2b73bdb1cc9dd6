import type { Database } from 'better-sqlite3'
import type { Handlers } from '../../preload/contract/channels'
import type { AddAddressFailure, PeopleRequests, Person } from '../../preload/contract/people'
import { failed, ok, type Result } from '../../preload/contract/result'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Network } from '../network/network'
import { readAddress } from './address'
import type { Invites } from './contacts'
import { mergePeople } from './mergePeople'
import {
  answerRequests,
  deleteAddress,
  findPerson,
  findPersonAt,
  insertAddress,
  markVerified,
  removeContact,
  renamePerson,
  setEndpoint,
} from './peopleStore'
import { contactName } from './shownText'
import { removeSuggestion } from './suggestions'

type ChangeChannel =
  | 'people/verify'
  | 'people/rename'
  | 'people/addAddress'
  | 'people/removeAddress'
  | 'people/remove'

/** What a person may change of a contact. */
export function createContactChanges({
  db,
  clock,
  log,
  network,
  invite,
  changed,
  merged,
}: {
  db: Database
  clock: Clock
  log: Log
  network: () => Network
  invite: Invites
  /** Tells the windows of a change in the list of contacts, and returns who changed. */
  changed: (personId: string) => Person
  merged: (from: string, into: string) => void
}): Pick<Handlers<PeopleRequests>, ChangeChannel> {
  const unknown = failed({ kind: 'person-unknown' as const })

  function addAddress(personId: string, text: string): Result<Person, AddAddressFailure> {
    const person = findPerson(db, personId)
    if (!person) return unknown
    const wanted = readReference(text)
    if (!wanted.ok) return wanted
    const { address, endpoint } = wanted.value
    if (address === network().self) return failed({ kind: 'own-address' })
    const owner = findPersonAt(db, address)
    if (owner && (owner.contact || owner.id === personId)) {
      return failed({ kind: 'already-contact', personId: owner.id, name: owner.name })
    }
    if (owner?.blocked) return failed({ kind: 'address-blocked', personId: owner.id, name: owner.name })
    db.transaction(() => {
      if (owner) mergePeople(db, owner.id, personId)
      else insertAddress(db, { personId, address, endpoint: null })
      if (endpoint !== null) setEndpoint(db, address, endpoint)
      answerRequests(db, personId)
    })()
    log.info(owner ? 'two people became one' : 'address added')
    const news = owner ? owner.addresses.map((one) => one.address) : [address]
    if (person.contact) for (const one of news) network().addContact({ address: one, endpoint })
    if (owner) merged(owner.id, personId)
    return ok(changed(personId))
  }

  /** People copy whichever they were given: an invite link or the bare address. */
  function readReference(
    text: string,
  ): Result<
    { address: string; endpoint: string | null },
    { kind: 'invite-malformed' } | { kind: 'bad-key' }
  > {
    const address = readAddress(text)
    return address === null ? invite.parse(text) : ok({ address, endpoint: null })
  }

  return {
    'people/verify'({ personId, address }) {
      const person = findPerson(db, personId)
      if (!person?.addresses.some((one) => one.address === address)) return unknown
      markVerified(db, address, clock.now())
      return ok(changed(personId))
    },
    'people/rename'({ personId, name }) {
      const person = findPerson(db, personId)
      if (!person) return unknown
      renamePerson(db, personId, contactName(name, person.addresses[0].address))
      return ok(changed(personId))
    },
    'people/addAddress': ({ personId, text }) => addAddress(personId, text),
    'people/removeAddress'({ personId, address }) {
      const person = findPerson(db, personId)
      if (!person?.addresses.some((one) => one.address === address)) return unknown
      if (person.addresses.length === 1) return failed({ kind: 'last-address' })
      deleteAddress(db, address)
      return ok(changed(personId))
    },
    'people/remove'({ personId }) {
      if (!findPerson(db, personId)) return unknown
      db.transaction(() => {
        removeContact(db, personId)
        // Who is taken off the contacts should not turn up again as a suggestion.
        removeSuggestion(db, personId, clock.now(), false)
      })()
      log.info('contact removed')
      return ok(changed(personId))
    },
  }
}
