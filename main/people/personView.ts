import type { Database } from 'better-sqlite3'
import type { NearbyPerson, Person, PersonAddress, PersonDetails } from '../../preload/contract/people'
import type { Address, Network, Peer } from '../network/network'
import { calledAddress } from './calledAddress'
import { findPerson, peopleAt, peopleByIds, type StoredAddress, type StoredPerson } from './peopleStore'
import { nameFor } from './shownText'
import { isSuggested } from './suggestions'

export type PersonView = {
  shown(stored: StoredPerson): Person
  /** The same for many; looks at the network once. */
  shownAll(stored: StoredPerson[]): Person[]
  person(personId: string): Person | null
  /** Everyone asked for that is known, by id, in one query. */
  persons(personIds: string[]): Map<string, Person>
  details(personId: string): PersonDetails | null
  nearby(): NearbyPerson[]
  /** The way to reach them that is used now. */
  called(stored: StoredPerson): StoredAddress
}

type PeerAt = (address: Address) => Peer | undefined

/** People as the windows see them: what is kept, and what the network knows of them now. Writes nothing. */
export function createPersonView({
  db,
  network,
  numberOf,
}: {
  db: Database
  network: () => Network
  /** The six digits; null for an address that has no key. */
  numberOf: (address: Address) => string | null
}): PersonView {
  const peerAt: PeerAt = (address) =>
    network()
      .peers()
      .find((peer) => peer.address === address)
  function allPeers(): PeerAt {
    const peers = new Map(
      network()
        .peers()
        .map((peer) => [peer.address, peer]),
    )
    return (address) => peers.get(address)
  }

  function shownAddress({ address, verified }: StoredAddress, at: PeerAt): PersonAddress {
    // Nearby, who is not seen is not there; an account may hide whether somebody is.
    const unseen = network().kind === 'nearby' ? false : null
    return { address, verified, number: numberOf(address), reachable: at(address)?.reachable ?? unseen }
  }

  const called = ({ addresses }: StoredPerson, at: PeerAt) =>
    calledAddress(addresses, (address) => at(address)?.reachable === true)

  const toPerson = (stored: StoredPerson, at: PeerAt): Person => ({
    id: stored.id,
    name: stored.name,
    contact: stored.contact,
    blocked: stored.blocked,
    ...shownAddress(called(stored, at), at),
  })

  function person(personId: string): Person | null {
    const stored = findPerson(db, personId)
    return stored && toPerson(stored, peerAt)
  }

  function shownAll(stored: StoredPerson[]): Person[] {
    const at = allPeers()
    return stored.map((one) => toPerson(one, at))
  }

  return {
    shown: (stored) => toPerson(stored, peerAt),
    shownAll,
    person,
    persons: (personIds) => new Map(shownAll(peopleByIds(db, personIds)).map((one) => [one.id, one])),
    details(personId) {
      const stored = findPerson(db, personId)
      if (!stored) return null
      return {
        person: toPerson(stored, peerAt),
        addresses: stored.addresses.map((address) => shownAddress(address, peerAt)),
        accepts: called(stored, peerAt).accepts,
        suggested: isSuggested(db, personId),
      }
    },
    nearby() {
      const here = network()
        .peers()
        .filter((peer) => peer.reachable && peer.address !== network().self)
      const known = peopleAt(
        db,
        here.map((peer) => peer.address),
      )
      return here.flatMap(({ address, name }) => {
        const number = numberOf(address)
        // Without a number it is an account, which is nowhere near.
        if (number === null) return []
        const person = known.get(address)
        if (person?.blocked) return []
        const contact = person?.contact ?? false
        const shownName = person && contact ? person.name : nameFor(name, address)
        return [{ address, name: shownName, number, personId: person?.id ?? null, contact }]
      })
    },
    called: (stored) => called(stored, peerAt),
  }
}
