import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Handlers, Publish } from '../../preload/contract/channels'
import type {
  Accepts,
  NearbyPerson,
  PeopleEvents,
  PeopleRequests,
  Person,
} from '../../preload/contract/people'
import type { PersonSettingsRequests } from '../../preload/contract/personSettings'
import { failed, ok } from '../../preload/contract/result'
import type { Settings } from '../../preload/contract/settings'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Address, Network, NetworkEvent, Peer } from '../network/network'
import { cleanAccepts } from './accepts'
import { createContacts, type Invites } from './contacts'
import {
  allPeople,
  findPerson,
  findPersonAt,
  insertPerson,
  markVerified,
  peopleByIds,
  personIdsAt,
  renamePerson,
  type StoredPerson,
  setAccepts,
  standingAt,
} from './peopleStore'
import { createPersonSettings } from './personSettings'
import { acceptsFor, mayRing } from './reach'
import { nameFor } from './shownText'

export type People = {
  handlers: Handlers<PeopleRequests & PersonSettingsRequests>
  hear(event: NetworkEvent): void
  person(personId: string): Person | null
  /** Everyone asked for that is known, by id, in one query. */
  persons(personIds: string[]): Map<string, Person>
  /** Finds the person at an address, or makes one who is no contact. `name` is what they call themselves. */
  personAt(address: Address, name: string): Person
  /** The gate's questions. */
  mayConnect(address: Address): boolean
  contacts(): { address: Address; endpoint: string | null }[]
  /** What they last said they take; null: never heard. */
  acceptsOf(personId: string): Accepts | null
  rememberAccepts(address: Address, accepts: Accepts): void
  ourAcceptsFor(personId: string): Accepts
}

export function createPeople({
  db,
  clock,
  log,
  publish,
  network,
  invite,
  settings,
}: {
  db: Database
  clock: Clock
  log: Log
  publish: Publish<PeopleEvents>
  network: () => Network
  invite: Invites
  settings: { get(): Settings }
}): People {
  const personSettings = createPersonSettings({ db, log, settings })
  const peerAt = (address: Address) =>
    network()
      .peers()
      .find((peer) => peer.address === address)
  const peersByAddress = () =>
    new Map(
      network()
        .peers()
        .map((peer) => [peer.address, peer]),
    )

  function toPerson(stored: StoredPerson, peer: Peer | undefined): Person {
    // Nearby, who is not seen is not there; an account may hide whether somebody is.
    const unseen = network().kind === 'nearby' ? false : null
    return {
      id: stored.id,
      name: stored.name,
      address: stored.address,
      contact: stored.contact,
      verified: stored.verified,
      number: invite.numberOf(stored.address),
      reachable: peer ? peer.reachable : unseen,
      blocked: stored.blocked,
    }
  }

  function person(personId: string): Person | null {
    const stored = findPerson(db, personId)
    return stored && toPerson(stored, peerAt(stored.address))
  }

  function persons(personIds: string[]): Map<string, Person> {
    const peers = peersByAddress()
    return new Map(
      peopleByIds(db, personIds).map((stored) => [stored.id, toPerson(stored, peers.get(stored.address))]),
    )
  }

  function changed(stored: StoredPerson): Person {
    const person = toPerson(stored, peerAt(stored.address))
    publish('people/changed', person)
    return person
  }

  function personAt(address: Address, name: string): Person {
    const known = findPersonAt(db, address)
    if (known) {
      const now = renamed(known, name)
      return now === known ? toPerson(known, peerAt(address)) : changed(now)
    }
    const fresh = { id: randomUUID(), name: nameFor(name, address), address }
    insertPerson(db, fresh)
    publish('people/nearbyChanged', nearby())
    return changed({
      ...fresh,
      endpoint: null,
      contact: false,
      verified: false,
      blocked: false,
      accepts: null,
    })
  }

  /** A contact keeps the name that we gave them, whatever they call themselves now. */
  function renamed(stored: StoredPerson, name: string): StoredPerson {
    const shown = nameFor(name, stored.address)
    if (stored.contact || name === '' || shown === stored.name) return stored
    renamePerson(db, stored.id, shown)
    return { ...stored, name: shown }
  }

  function nearby(): NearbyPerson[] {
    const here = network()
      .peers()
      .filter((peer) => peer.reachable && peer.address !== network().self)
    const ids = personIdsAt(
      db,
      here.map((peer) => peer.address),
    )
    return here.flatMap(({ address, name }) => {
      const number = invite.numberOf(address)
      // Without a number it is an account, which is nowhere near.
      return number === null
        ? []
        : [{ address, name: nameFor(name, address), number, personId: ids.get(address) ?? null }]
    })
  }

  function changedById(personId: string): Person {
    const stored = findPerson(db, personId)
    if (!stored) throw new Error('a person that was just written is gone')
    return changed(stored)
  }

  function hearPeer(peer: Peer): void {
    if (peer.accepts) rememberAccepts(peer.address, peer.accepts)
    const stored = findPersonAt(db, peer.address)
    if (stored) changed(renamed(stored, peer.name))
    publish('people/nearbyChanged', nearby())
  }

  function rememberAccepts(address: Address, accepts: Accepts): void {
    setAccepts(db, address, cleanAccepts(accepts))
  }

  const contacts = createContacts({
    db,
    clock,
    log,
    publish,
    network,
    invite,
    settings,
    added(personId) {
      publish('people/nearbyChanged', nearby())
      return changedById(personId)
    },
  })

  return {
    handlers: {
      'people/list': () => {
        const peers = peersByAddress()
        return allPeople(db).map((stored) => toPerson(stored, peers.get(stored.address)))
      },
      'people/nearby': nearby,
      ...contacts.handlers,
      ...personSettings.handlers,
      'people/verify': ({ personId }) => {
        if (!findPerson(db, personId)) return failed({ kind: 'person-unknown' })
        markVerified(db, personId, clock.now())
        return ok(changedById(personId))
      },
    },
    hear(event) {
      if (event.type === 'peer') hearPeer(event.peer)
      else if (event.type === 'contact-request') contacts.hearRequest(event.from, event.name)
      else if (event.type === 'wrong-key') {
        const stored = findPersonAt(db, event.address)
        if (stored?.contact) publish('people/wrongKey', { personId: stored.id })
      }
    },
    person,
    persons,
    personAt,
    mayConnect: (address) => mayRing(standingAt(db, address)),
    contacts: () =>
      allPeople(db)
        .filter((stored) => stored.contact)
        .map(({ address, endpoint }) => ({ address, endpoint })),
    acceptsOf: (personId) => findPerson(db, personId)?.accepts ?? null,
    rememberAccepts,
    ourAcceptsFor(personId) {
      const stored = findPerson(db, personId)
      return acceptsFor(
        stored ? standingAt(db, stored.address) : { contact: false, blocked: false, calledByUs: false },
        personSettings.settingsFor(personId),
      )
    },
  }
}
