import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import type { HistoryCursor } from '../../preload/contract/history'
import { CALL_COLUMNS, type CallRow, callFromRow } from '../calls/callStore'
import { prepared } from '../database/prepared'

type Id = { id: string }
const LISTED = 'IN (SELECT value FROM json_each(?))'

export function callIdsWith(
  db: Database,
  personId: string,
  after: HistoryCursor | null,
  limit: number,
): { id: string; startedAt: number }[] {
  return prepared<{ id: string; startedAt: number }>(
    db,
    `SELECT id, started_at AS startedAt FROM calls
     WHERE person_id = ? AND deleted_at IS NULL AND (started_at, id) < (?, ?)
     ORDER BY started_at DESC, id DESC LIMIT ?`,
  ).all(personId, after?.startedAt ?? Number.MAX_SAFE_INTEGER, after?.callId ?? '', limit)
}

/** Hides calls that have ended, and their messages; tells which. */
export function hideCalls(
  db: Database,
  callIds: string[],
  at: number,
): { callIds: string[]; messageIds: string[] } {
  return db.transaction(() => {
    const calls = prepared<Id>(
      db,
      `UPDATE calls SET deleted_at = ? WHERE id ${LISTED} AND deleted_at IS NULL AND phase = 'ended' RETURNING id`,
    ).all(at, JSON.stringify(callIds))
    const hidden = calls.map(({ id }) => id)
    const messages = prepared<Id>(
      db,
      `UPDATE messages SET deleted_at = ? WHERE call_id ${LISTED} AND deleted_at IS NULL RETURNING id`,
    ).all(at, JSON.stringify(hidden))
    return { callIds: hidden, messageIds: messages.map(({ id }) => id) }
  })()
}

/** The call that it belongs to; null when there is no such message. */
export function hideMessage(db: Database, messageId: string, at: number): string | null {
  const sql = 'UPDATE messages SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL RETURNING call_id'
  return prepared<{ call_id: string }>(db, sql).get(at, messageId)?.call_id ?? null
}

/** Some of what a deletion hid is shown again; nothing when all is. Calls first, with their messages. */
export function bringBack(
  db: Database,
  deletion: number,
  limit: number,
): { calls: Call[]; messages: { id: string; callId: string }[] } {
  return db.transaction(() => {
    const calls = prepared<CallRow>(
      db,
      `UPDATE calls SET deleted_at = NULL
       WHERE id IN (SELECT id FROM calls WHERE deleted_at = ? LIMIT ?) RETURNING ${CALL_COLUMNS}`,
    ).all(deletion, limit)
    const shown = calls.map(callFromRow)
    const callIds = JSON.stringify(shown.map(({ id }) => id))
    const ofThese = shown.length > 0 ? `call_id ${LISTED}` : '? IS NOT NULL'
    const messages = prepared<{ id: string; callId: string }>(
      db,
      `UPDATE messages SET deleted_at = NULL WHERE deleted_at = ? AND ${ofThese}
       RETURNING id, call_id AS callId`,
    ).all(deletion, callIds)
    return { calls: shown, messages }
  })()
}

export function deletionsLeft(db: Database): number[] {
  return prepared<{ deleted_at: number }>(
    db,
    `SELECT deleted_at FROM calls WHERE deleted_at IS NOT NULL
     UNION SELECT deleted_at FROM messages WHERE deleted_at IS NOT NULL`,
  )
    .all()
    .map((row) => row.deleted_at)
}

/** Not those with an unsent take: it would go with its call. */
export function callsToPurge(db: Database, deletion: number, limit: number): string[] {
  return prepared<Id>(
    db,
    `SELECT id FROM calls WHERE deleted_at = ? AND NOT EXISTS (SELECT 1 FROM takes WHERE call_id = calls.id)
     LIMIT ?`,
  )
    .all(deletion, limit)
    .map(({ id }) => id)
}

/** Messages that went without their call, or whose call is there again. */
export function messagesToPurge(db: Database, deletion: number, limit: number): string[] {
  return prepared<Id>(db, 'SELECT id FROM messages WHERE deleted_at = ? LIMIT ?')
    .all(deletion, limit)
    .map(({ id }) => id)
}

/** Deletes calls with everything of theirs; returns the ids of the messages that went. */
export function purgeCalls(db: Database, callIds: string[]): string[] {
  const listed = JSON.stringify(callIds)
  return db.transaction(() => {
    const messages = prepared<Id>(db, `SELECT id FROM messages WHERE call_id ${LISTED}`).all(listed)
    remember(db, `SELECT id, sender FROM messages WHERE direction = 'in' AND call_id ${LISTED}`, listed)
    // What a keep rule removed is remembered beside its call; that goes now.
    remember(db, `SELECT id, sender FROM removed_messages WHERE call_id ${LISTED}`, listed)
    prepared(db, `DELETE FROM calls WHERE id ${LISTED}`).run(listed)
    return messages.map(({ id }) => id)
  })()
}

export function purgeMessages(db: Database, messageIds: string[]): string[] {
  const listed = JSON.stringify(messageIds)
  return db.transaction(() => {
    remember(db, `SELECT id, sender FROM messages WHERE direction = 'in' AND id ${LISTED}`, listed)
    prepared(db, `DELETE FROM messages WHERE id ${LISTED}`).run(listed)
    return messageIds
  })()
}

/** A message that was deleted is known when it is sent again. */
function remember(db: Database, select: string, listed: string): void {
  prepared(db, `INSERT INTO deleted_messages (id, sender) ${select} ON CONFLICT (id) DO NOTHING`).run(listed)
}
