import type { Database } from 'better-sqlite3'
import { prepared } from '../database/prepared'

export type StoredRequest = {
  /** The message's id; the address itself for somebody who asks to be a contact. */
  id: string
  address: string
  name: string
  kind: 'contact' | 'text' | 'audio' | 'video'
  line: string
  durationMs: number | null
  receivedAt: number
}

/** Closed ones are only remembered so as not to be shown again; anybody can make more of them. */
const MOST_CLOSED = 1_000

const COLUMNS = 'id, address, name, kind, line, duration_ms AS durationMs, received_at AS receivedAt'

/** Newest first. */
export function openRequests(db: Database): StoredRequest[] {
  return prepared<StoredRequest>(
    db,
    `SELECT ${COLUMNS} FROM requests WHERE closed_at IS NULL ORDER BY received_at DESC, rowid DESC`,
  ).all()
}

/** Also when it was closed. */
export function isKnownRequest(db: Database, id: string): boolean {
  return prepared(db, 'SELECT 1 FROM requests WHERE id = ?').get(id) !== undefined
}

export function countOpen(db: Database, address: string): { all: number; ofSender: number } {
  const row = prepared<{ all: number; ofSender: number }>(
    db,
    'SELECT count(*) AS "all", count(*) FILTER (WHERE address = ?) AS ofSender FROM requests WHERE closed_at IS NULL',
  ).get(address)
  return row ?? { all: 0, ofSender: 0 }
}

export function insertRequest(db: Database, request: StoredRequest): void {
  prepared(
    db,
    `INSERT INTO requests (id, address, name, kind, line, duration_ms, received_at)
     VALUES (:id, :address, :name, :kind, :line, :durationMs, :receivedAt)`,
  ).run(request)
}

/** What somebody calls themselves now. Returns whether that is news. */
export function renameRequests(db: Database, address: string, name: string): boolean {
  const sql = 'UPDATE requests SET name = ? WHERE address = ? AND name <> ? AND closed_at IS NULL'
  return prepared(db, sql).run(name, address, name).changes > 0
}

export function closeRequestsOf(db: Database, address: string, at: number): void {
  db.transaction(() => {
    prepared(db, 'UPDATE requests SET closed_at = ? WHERE address = ? AND closed_at IS NULL').run(at, address)
    forgetOldest(db)
  })()
}

/** Closes what came at this time or before. Returns how many. */
export function closeRequestsUntil(db: Database, receivedUntil: number, at: number): number {
  return db.transaction(() => {
    const sql = 'UPDATE requests SET closed_at = ? WHERE closed_at IS NULL AND received_at <= ?'
    const { changes } = prepared(db, sql).run(at, receivedUntil)
    forgetOldest(db)
    return changes
  })()
}

function forgetOldest(db: Database): void {
  prepared(
    db,
    `DELETE FROM requests WHERE rowid IN (SELECT rowid FROM requests WHERE closed_at IS NOT NULL
       ORDER BY closed_at DESC, rowid DESC LIMIT -1 OFFSET ?)`,
  ).run(MOST_CLOSED)
}
