import type { Database } from 'better-sqlite3'
import type { Accepts } from '../../preload/contract/people'
import { foldedText } from '../database/foldedText'
import { prepared } from '../database/prepared'
import { readAccepts, writeAccepts } from './accepts'
import type { Standing } from './reach'

/** One way to reach somebody. */
export type StoredAddress = {
  address: string
  /** `host:port` to try where discovery does not reach. */
  endpoint: string | null
  /** The six digits that belong to this address were compared and found equal. */
  verified: boolean
  /** What they last said they take there. */
  accepts: Accepts | null
}

/** A person as kept; what only the network knows is added by the service. */
export type StoredPerson = {
  id: string
  name: string
  contact: boolean
  blocked: boolean
  /** In the order in which they came to be known; never empty. */
  addresses: [StoredAddress, ...StoredAddress[]]
}

type Row = {
  id: string
  name: string
  contact_since: number | null
  blocked_at: number | null
  address: string
  endpoint: string | null
  verified_at: number | null
  accepts: string | null
}

/** One row an address; `fromRows` makes people of them. */
export const PEOPLE = `
  SELECT people.id, name, contact_since, blocked_at, address, endpoint, verified_at, accepts
  FROM people JOIN addresses ON addresses.person_id = people.id`
export const IN_ORDER = 'ORDER BY sort_name, people.id, addresses.rowid'

export type PersonRow = Row

export function fromRows(rows: Row[]): StoredPerson[] {
  const people: StoredPerson[] = []
  for (const row of rows) {
    const address: StoredAddress = {
      address: row.address,
      endpoint: row.endpoint,
      verified: row.verified_at !== null,
      accepts: readAccepts(row.accepts),
    }
    const last = people.at(-1)
    if (last?.id === row.id) last.addresses.push(address)
    else {
      people.push({
        id: row.id,
        name: row.name,
        contact: row.contact_since !== null,
        blocked: row.blocked_at !== null,
        addresses: [address],
      })
    }
  }
  return people
}

export function findPerson(db: Database, personId: string): StoredPerson | null {
  const rows = prepared<Row>(db, `${PEOPLE} WHERE people.id = ? ${IN_ORDER}`).all(personId)
  return fromRows(rows)[0] ?? null
}

export function peopleByIds(db: Database, personIds: string[]): StoredPerson[] {
  const rows = prepared<Row>(
    db,
    `${PEOPLE} WHERE people.id IN (SELECT value FROM json_each(?)) ${IN_ORDER}`,
  ).all(JSON.stringify(personIds))
  return fromRows(rows)
}

export function findPersonAt(db: Database, address: string): StoredPerson | null {
  const rows = prepared<Row>(
    db,
    `${PEOPLE} WHERE people.id = (SELECT person_id FROM addresses WHERE address = ?) ${IN_ORDER}`,
  ).all(address)
  return fromRows(rows)[0] ?? null
}

/** Every way to reach every contact; there may be very many, so nothing else is read. */
export function contactAddresses(db: Database): { address: string; endpoint: string | null }[] {
  return prepared<{ address: string; endpoint: string | null }>(
    db,
    `SELECT address, endpoint FROM people JOIN addresses ON person_id = people.id
     WHERE contact_since IS NOT NULL`,
  ).all()
}

export function insertPerson(db: Database, person: { id: string; name: string; address: string }): void {
  db.transaction(() => {
    prepared(db, 'INSERT INTO people (id, name, sort_name) VALUES (?, ?, ?)').run(
      person.id,
      person.name,
      foldedText(person.name),
    )
    insertAddress(db, { ...person, personId: person.id, endpoint: null })
  })()
}

/** @throws when somebody is known at that address already */
export function insertAddress(
  db: Database,
  { personId, address, endpoint }: { personId: string; address: string; endpoint: string | null },
): void {
  prepared(db, 'INSERT INTO addresses (address, person_id, endpoint) VALUES (?, ?, ?)').run(
    address,
    personId,
    endpoint,
  )
}

export function deleteAddress(db: Database, address: string): void {
  prepared(db, 'DELETE FROM addresses WHERE address = ?').run(address)
}

export function renamePerson(db: Database, personId: string, name: string): void {
  prepared(db, 'UPDATE people SET name = ?, sort_name = ? WHERE id = ?').run(name, foldedText(name), personId)
}

/** Saves a person as a contact, which answers the requests from all their addresses. */
export function saveContact(db: Database, contact: { id: string; name: string; at: number }): void {
  db.transaction(() => {
    renamePerson(db, contact.id, contact.name)
    prepared(db, 'UPDATE people SET contact_since = ? WHERE id = ?').run(contact.at, contact.id)
    answerRequests(db, contact.id)
  })()
}

/** Who is a contact now, or blocked, asks no more. */
export function answerRequests(db: Database, personId: string): void {
  prepared(
    db,
    `DELETE FROM requests
     WHERE address IN (SELECT address FROM addresses WHERE person_id = ?)`,
  ).run(personId)
}

/** Their addresses, calls and messages stay; what was compared with them counts no more. */
export function removeContact(db: Database, personId: string): void {
  db.transaction(() => {
    prepared(db, 'UPDATE people SET contact_since = NULL WHERE id = ?').run(personId)
    prepared(db, 'UPDATE addresses SET verified_at = NULL WHERE person_id = ?').run(personId)
  })()
}

export function setEndpoint(db: Database, address: string, endpoint: string | null): void {
  prepared(db, 'UPDATE addresses SET endpoint = ? WHERE address = ?').run(endpoint, address)
}

export function markVerified(db: Database, address: string, at: number): void {
  prepared(db, 'UPDATE addresses SET verified_at = ? WHERE address = ?').run(at, address)
}

/** Nothing happens for an address that nobody is known by. */
export function setAccepts(db: Database, address: string, accepts: Accepts): void {
  prepared(db, 'UPDATE addresses SET accepts = ? WHERE address = ?').run(writeAccepts(accepts), address)
}

/** How the person at an address stands to us; a stranger for one that nobody is known by. */
export function standingAt(
  db: Database,
  address: string,
): Omit<Standing, 'suggested'> & { personId: string | null } {
  const row = prepared<{ id: string; contact: number; blocked: number; called: number }>(
    db,
    `SELECT id, contact_since IS NOT NULL AS contact, blocked_at IS NOT NULL AS blocked,
       EXISTS (SELECT 1 FROM calls WHERE calls.person_id = people.id AND direction = 'out') AS called
     FROM people WHERE id = (SELECT person_id FROM addresses WHERE address = ?)`,
  ).get(address)
  return {
    personId: row?.id ?? null,
    contact: row?.contact === 1,
    blocked: row?.blocked === 1,
    calledByUs: row?.called === 1,
  }
}

export function blockedPeople(db: Database): StoredPerson[] {
  return fromRows(prepared<Row>(db, `${PEOPLE} WHERE blocked_at IS NOT NULL ${IN_ORDER}`).all())
}

/** Null lets them in again. */
export function setBlockedAt(db: Database, personId: string, at: number | null): void {
  prepared(db, 'UPDATE people SET blocked_at = ? WHERE id = ?').run(at, personId)
}

/** Who is known at which of these addresses, in one query; `contact` has the name that we gave. */
export function peopleAt(
  db: Database,
  addresses: string[],
): Map<string, { id: string; name: string; contact: boolean; blocked: boolean }> {
  const rows = prepared<{ address: string; id: string; name: string; contact: number; blocked: number }>(
    db,
    `SELECT address, people.id, name, contact_since IS NOT NULL AS contact, blocked_at IS NOT NULL AS blocked
     FROM addresses JOIN people ON people.id = person_id
     WHERE address IN (SELECT value FROM json_each(?))`,
  ).all(JSON.stringify(addresses))
  return new Map(
    rows.map(({ address, contact, blocked, ...row }) => [
      address,
      { ...row, contact: contact === 1, blocked: blocked === 1 },
    ]),
  )
}
