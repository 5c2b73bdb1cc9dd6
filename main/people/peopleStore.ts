import type { Database } from 'better-sqlite3'
import type { Accepts } from '../../preload/contract/people'
import { prepared } from '../database/prepared'
import { readAccepts, writeAccepts } from './accepts'
import type { Standing } from './reach'

/** A person as kept; what only the network knows is added by the service. */
export type StoredPerson = {
  id: string
  name: string
  address: string
  /** `host:port` to try where discovery does not reach. */
  endpoint: string | null
  contact: boolean
  verified: boolean
  blocked: boolean
  /** What they last said they take. */
  accepts: Accepts | null
}

type Row = {
  id: string
  name: string
  address: string
  endpoint: string | null
  contact_since: number | null
  verified_at: number | null
  blocked_at: number | null
  accepts: string | null
}

// Somebody may have several addresses; they are known by the first.
const PEOPLE = `
  SELECT people.id, name, address, endpoint, contact_since, verified_at, blocked_at, accepts
  FROM people JOIN addresses
    ON addresses.rowid = (SELECT min(rowid) FROM addresses WHERE person_id = people.id)`

function fromRow(row: Row): StoredPerson {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    endpoint: row.endpoint,
    contact: row.contact_since !== null,
    verified: row.verified_at !== null,
    blocked: row.blocked_at !== null,
    accepts: readAccepts(row.accepts),
  }
}

export function allPeople(db: Database): StoredPerson[] {
  return prepared<Row>(db, `${PEOPLE} ORDER BY name COLLATE NOCASE, people.id`).all().map(fromRow)
}

export function findPerson(db: Database, personId: string): StoredPerson | null {
  const row = prepared<Row>(db, `${PEOPLE} WHERE people.id = ?`).get(personId)
  return row ? fromRow(row) : null
}

export function peopleByIds(db: Database, personIds: string[]): StoredPerson[] {
  return prepared<Row>(db, `${PEOPLE} WHERE people.id IN (SELECT value FROM json_each(?))`)
    .all(JSON.stringify(personIds))
    .map(fromRow)
}

export function findPersonAt(db: Database, address: string): StoredPerson | null {
  const row = prepared<Row>(
    db,
    `${PEOPLE} WHERE people.id = (SELECT person_id FROM addresses WHERE address = ?)`,
  ).get(address)
  return row ? fromRow(row) : null
}

export function insertPerson(db: Database, person: { id: string; name: string; address: string }): void {
  db.transaction(() => {
    prepared(db, 'INSERT INTO people (id, name) VALUES (?, ?)').run(person.id, person.name)
    prepared(db, 'INSERT INTO addresses (address, person_id) VALUES (?, ?)').run(person.address, person.id)
  })()
}

export function renamePerson(db: Database, personId: string, name: string): void {
  prepared(db, 'UPDATE people SET name = ? WHERE id = ?').run(name, personId)
}

/** Saves a person as a contact, which answers their request. */
export function saveContact(
  db: Database,
  contact: { id: string; name: string; address: string; endpoint: string | null; at: number },
): void {
  db.transaction(() => {
    prepared(db, 'UPDATE people SET name = ?, contact_since = ? WHERE id = ?').run(
      contact.name,
      contact.at,
      contact.id,
    )
    setEndpoint(db, contact.address, contact.endpoint)
    prepared(db, 'DELETE FROM contact_requests WHERE address = ?').run(contact.address)
  })()
}

export function setEndpoint(db: Database, address: string, endpoint: string | null): void {
  prepared(db, 'UPDATE addresses SET endpoint = ? WHERE address = ?').run(endpoint, address)
}

export function markVerified(db: Database, personId: string, at: number): void {
  prepared(db, 'UPDATE people SET verified_at = ? WHERE id = ?').run(at, personId)
}

/** Nothing happens for an address that nobody is known by. */
export function setAccepts(db: Database, address: string, accepts: Accepts): void {
  prepared(db, 'UPDATE addresses SET accepts = ? WHERE address = ?').run(writeAccepts(accepts), address)
}

/** How the person at an address stands to us; a stranger for one that nobody is known by. */
export function standingAt(db: Database, address: string): Standing {
  const row = prepared<{ contact: number; blocked: number; called: number }>(
    db,
    `SELECT contact_since IS NOT NULL AS contact, blocked_at IS NOT NULL AS blocked,
       EXISTS (SELECT 1 FROM calls WHERE calls.person_id = people.id AND direction = 'out') AS called
     FROM people WHERE id = (SELECT person_id FROM addresses WHERE address = ?)`,
  ).get(address)
  return { contact: row?.contact === 1, blocked: row?.blocked === 1, calledByUs: row?.called === 1 }
}

/** Who is known at which of these addresses, in one query. */
export function personIdsAt(db: Database, addresses: string[]): Map<string, string> {
  const rows = prepared<{ address: string; person_id: string }>(
    db,
    'SELECT address, person_id FROM addresses WHERE address IN (SELECT value FROM json_each(?))',
  ).all(JSON.stringify(addresses))
  return new Map(rows.map((row) => [row.address, row.person_id]))
}
