import type { Database } from 'better-sqlite3'
import { prepared } from '../database/prepared'

export type StoredRequest = { address: string; name: string }

/** Anybody near may ask, so only so many are kept, the newest. */
export const MOST_REQUESTS = 100

export function openRequests(db: Database): StoredRequest[] {
  return prepared<StoredRequest>(
    db,
    `SELECT address, name FROM contact_requests WHERE dismissed_at IS NULL
     ORDER BY received_at DESC, address`,
  ).all()
}

/** Asking again changes the name at most; a dismissed request stays dismissed. */
export function keepRequest(db: Database, request: StoredRequest & { at: number }): void {
  db.transaction(() => {
    prepared(
      db,
      `INSERT INTO contact_requests (address, name, received_at) VALUES (?, ?, ?)
       ON CONFLICT (address) DO UPDATE SET name = excluded.name`,
    ).run(request.address, request.name, request.at)
    prepared(
      db,
      `DELETE FROM contact_requests WHERE address IN
         (SELECT address FROM contact_requests ORDER BY received_at DESC, address LIMIT -1 OFFSET ?)`,
    ).run(MOST_REQUESTS)
  })()
}

export function dismissRequest(db: Database, address: string, at: number): void {
  prepared(db, 'UPDATE contact_requests SET dismissed_at = ? WHERE address = ?').run(at, address)
}
