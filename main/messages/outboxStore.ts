import type { Database } from 'better-sqlite3'
import { prepared } from '../database/prepared'
import type { Address } from '../network/network'

/** Something that still has to reach somebody; without a message it is the call itself, which they missed. */
export type OutboxEntry = {
  /** The message's id, or the call's. */
  id: string
  address: Address
  callId: string
  messageId: string | null
  queuedAt: number
}

const COLUMNS = 'id, address, call_id AS callId, message_id AS messageId, queued_at AS queuedAt'

/** Queueing the same thing again changes nothing. */
export function insertEntry(db: Database, entry: OutboxEntry): void {
  prepared(
    db,
    `INSERT INTO outbox (id, address, call_id, message_id, queued_at)
     VALUES (:id, :address, :callId, :messageId, :queuedAt) ON CONFLICT (id) DO NOTHING`,
  ).run(entry)
}

export function firstEntryFor(db: Database, address: Address): OutboxEntry | null {
  const sql = `SELECT ${COLUMNS} FROM outbox WHERE address = ? ORDER BY queued_at, rowid LIMIT 1`
  return prepared<OutboxEntry>(db, sql).get(address) ?? null
}

export function findEntry(db: Database, id: string): OutboxEntry | null {
  return prepared<OutboxEntry>(db, `SELECT ${COLUMNS} FROM outbox WHERE id = ?`).get(id) ?? null
}

export function addressesWithEntries(db: Database): Address[] {
  return prepared<{ address: Address }>(db, 'SELECT DISTINCT address FROM outbox')
    .all()
    .map(({ address }) => address)
}

export function deleteEntry(db: Database, id: string): void {
  prepared(db, 'DELETE FROM outbox WHERE id = ?').run(id)
}

/** The other addresses of whoever is known at this one. */
export function otherAddresses(db: Database, address: Address): Address[] {
  return prepared<{ address: Address }>(
    db,
    `SELECT other.address FROM addresses AS here JOIN addresses AS other USING (person_id)
     WHERE here.address = ? AND other.address <> here.address`,
  )
    .all(address)
    .map((row) => row.address)
}

export function moveEntries(db: Database, from: Address, to: Address): void {
  prepared(db, 'UPDATE outbox SET address = ? WHERE address = ?').run(to, from)
}
