import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Handlers, Publish } from '../../preload/contract/channels'
import type {
  Accepts,
  AddFailure,
  PeopleEvents,
  PeopleRequests,
  Person,
  SuggestedPerson,
} from '../../preload/contract/people'
import type { PersonSettingsRequests } from '../../preload/contract/personSettings'
import { failed, ok, type Result } from '../../preload/contract/result'
import type { Settings } from '../../preload/contract/settings'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Address, Network, NetworkEvent, Peer } from '../network/network'
import { cleanAccepts } from './accepts'
import type { CardChannel } from './cards/cardService'
import { createContactChanges } from './contactChanges'
import { contactPage, countContacts } from './contactList'
import { createContacts, type Invites } from './contacts'
import {
  answerRequests,
  blockedPeople,
  contactAddresses,
  findPerson,
  findPersonAt,
  insertPerson,
  renamePerson,
  type StoredPerson,
  setAccepts,
  setBlockedAt,
} from './peopleStore'
import { createPersonSettings } from './personSettings'
import { createPersonView } from './personView'
import { createReachRules, type ReachRules } from './reachRules'
import { nameFor } from './shownText'
import { allSuggested, removeSuggestion } from './suggestions'

export type People = {
  handlers: Handlers<Omit<PeopleRequests, CardChannel> & PersonSettingsRequests>
  hear(event: NetworkEvent): void
  person(personId: string): Person | null
  /** Everyone asked for that is known, by id, in one query. */
  persons(personIds: string[]): Map<string, Person>
  /** Finds the person at an address, or makes one who is no contact. `name` is what they call themselves. */
  personAt(address: Address, name: string): Person
  /** Who can reach us, and what they may leave. */
  reach: ReachRules
  add(person: { address: Address; name: string }): Result<Person, AddFailure>
  /** Somebody who may not be known yet; `name` is what they call themselves. */
  block(person: { address: Address; name: string }): void
  contacts(): { address: Address; endpoint: string | null }[]
  /** Many contacts changed at once: the windows read them anew. */
  listChanged(): void
  /** What they last said they take; null: never heard. */
  acceptsOf(personId: string): Accepts | null
  rememberAccepts(address: Address, accepts: Accepts): void
}

export function createPeople({
  db,
  clock,
  log,
  publish,
  network,
  invite,
  settings,
  requestsAnswered,
}: {
  db: Database
  clock: Clock
  log: Log
  publish: Publish<PeopleEvents>
  network: () => Network
  invite: Invites
  settings: { get(): Settings }
  /** Somebody became a contact, or was blocked: what they asked for may be gone. */
  requestsAnswered(): void
}): People {
  const personSettings = createPersonSettings({ db, log, settings })
  const view = createPersonView({ db, network, numberOf: invite.numberOf })

  function changed(stored: StoredPerson): Person {
    const person = view.shown(stored)
    publish('people/changed', person)
    return person
  }

  function personAt(address: Address, name: string): Person {
    const known = findPersonAt(db, address)
    if (known) {
      const now = renamed(known, name)
      return now === known ? view.shown(known) : changed(now)
    }
    const id = randomUUID()
    insertPerson(db, { id, name: nameFor(name, address), address })
    publish('people/nearbyChanged', view.nearby())
    return changed(written(id))
  }

  function written(personId: string): StoredPerson {
    const stored = findPerson(db, personId)
    if (!stored) throw new Error('a person that was just written is gone')
    return stored
  }

  /** A contact keeps the name that we gave them, whatever they call themselves now. */
  function renamed(stored: StoredPerson, name: string): StoredPerson {
    const shown = nameFor(name, stored.addresses[0].address)
    if (stored.contact || name === '' || shown === stored.name) return stored
    renamePerson(db, stored.id, shown)
    return { ...stored, name: shown }
  }

  function listChanged(): void {
    publish('people/nearbyChanged', view.nearby())
    publish('people/listChanged', null)
  }

  /** Somebody came into the list of contacts, left it or changed in it. */
  function contactChanged(personId: string): Person {
    listChanged()
    requestsAnswered()
    return changed(written(personId))
  }

  /** They learn nothing of it, see `reach`. */
  function setBlocked(personId: string, blocked: boolean): Person {
    db.transaction(() => {
      setBlockedAt(db, personId, blocked ? clock.now() : null)
      if (blocked) answerRequests(db, personId)
    })()
    log.info(blocked ? 'somebody was blocked' : 'somebody was unblocked')
    return contactChanged(personId)
  }

  function hearPeer(peer: Peer): void {
    if (peer.accepts) rememberAccepts(peer.address, peer.accepts)
    const stored = findPersonAt(db, peer.address)
    if (stored) changed(renamed(stored, peer.name))
    publish('people/nearbyChanged', view.nearby())
  }

  function rememberAccepts(address: Address, accepts: Accepts): void {
    setAccepts(db, address, cleanAccepts(accepts))
  }

  const contacts = createContacts({
    db,
    clock,
    log,
    network,
    invite,
    settings,
    added: contactChanged,
  })
  const changes = createContactChanges({
    db,
    clock,
    log,
    network,
    invite,
    changed: contactChanged,
    merged: (from, into) => publish('people/merged', { from, into }),
  })

  function suggested(): SuggestedPerson[] {
    const found = allSuggested(db)
    const persons = view.persons(found.map(({ personId }) => personId))
    return found.flatMap(({ personId, reason }) => {
      const person = persons.get(personId)
      return person ? [{ person, reason }] : []
    })
  }

  return {
    handlers: {
      'people/page': ({ query, after, limit }) => {
        // One more than asked for tells whether there is a next page.
        const rows = contactPage(db, { query, after, limit: limit + 1 })
        const shown = rows.slice(0, limit)
        return {
          people: view.shownAll(shown.map(({ person }) => person)),
          next: rows.length > limit ? (shown.at(-1)?.cursor ?? null) : null,
          count: countContacts(db, query),
        }
      },
      'people/find': ({ personId }) => view.details(personId),
      'people/nearby': view.nearby,
      'people/suggested': suggested,
      'people/dismissSuggestion': ({ personId, never }) => {
        removeSuggestion(db, personId, clock.now(), never)
        return null
      },
      ...contacts.handlers,
      ...changes,
      ...personSettings.handlers,
      'people/blocked': () => view.shownAll(blockedPeople(db)),
      'people/setBlocked': ({ personId, blocked }) =>
        findPerson(db, personId) ? ok(setBlocked(personId, blocked)) : failed({ kind: 'person-unknown' }),
    },
    hear(event) {
      if (event.type === 'peer') hearPeer(event.peer)
      else if (event.type === 'wrong-key') {
        const stored = findPersonAt(db, event.address)
        if (stored?.contact) publish('people/wrongKey', { personId: stored.id, name: stored.name })
      }
    },
    person: view.person,
    persons: view.persons,
    personAt,
    reach: createReachRules({ db, clock, settings, settingsFor: personSettings.settingsFor }),
    add: (person) => contacts.add({ ...person, endpoint: null }),
    block: ({ address, name }) => void setBlocked(personAt(address, name).id, true),
    contacts: () => contactAddresses(db),
    listChanged,
    acceptsOf(personId) {
      const stored = findPerson(db, personId)
      return stored && view.called(stored).accepts
    },
    rememberAccepts,
  }
}
