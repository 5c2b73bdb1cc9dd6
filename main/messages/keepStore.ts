import type { Database } from 'better-sqlite3'
import { type KeepRule, keepRule, type StorageUse } from '../../preload/contract/storage'
import { prepared } from '../database/prepared'

/** A message that was played and is not pinned, with its person's own rule. */
export type RuledMessage = {
  messageId: string
  callId: string
  name: string
  direction: 'in' | 'out'
  kind: 'text' | 'audio' | 'video'
  size: number
  sentAt: number
  playedAt: number
  /** Null: as for everybody. */
  rule: KeepRule | null
}

/** Played until then and not pinned, the longest ago first. */
export function playedUntil(db: Database, until: number): RuledMessage[] {
  return prepared<Omit<RuledMessage, 'rule'> & { rule: unknown }>(
    db,
    `SELECT messages.id AS messageId, call_id AS callId, name, direction, kind, ifnull(size, 0) AS size,
       sent_at AS sentAt, played_at AS playedAt, keep_messages AS rule
     FROM messages JOIN people ON people.id = messages.person_id
       LEFT JOIN person_settings ON person_settings.person_id = messages.person_id
     WHERE phase = 'played' AND kept = 0 AND deleted_at IS NULL AND played_at <= ?
     ORDER BY played_at, messages.id`,
  )
    .all(until)
    .map((row) => ({ ...row, rule: keepRule.options.find((rule) => rule === row.rule) ?? null }))
}

export function setKept(db: Database, messageId: string, kept: boolean): void {
  prepared(db, 'UPDATE messages SET kept = ? WHERE id = ?').run(Number(kept), messageId)
}

/** Deletes a message and leaves its trace; false when it was pinned or deleted meanwhile (deleting can be undone). */
export function removePlayed(db: Database, messageId: string, at: number): boolean {
  return db.transaction(() => {
    prepared(
      db,
      `INSERT INTO removed_messages (id, call_id, sender, removed_at)
       SELECT id, call_id, sender, ? FROM messages
       WHERE id = ? AND phase = 'played' AND kept = 0 AND deleted_at IS NULL`,
    ).run(at, messageId)
    const sql = `DELETE FROM messages
      WHERE id = ? AND phase = 'played' AND kept = 0 AND deleted_at IS NULL`
    return prepared(db, sql).run(messageId).changes === 1
  })()
}

/** Who sent a message that a rule removed or the person deleted; undefined for any other. */
export function senderOfRemoved(db: Database, messageId: string): string | null | undefined {
  return prepared<{ sender: string | null }>(
    db,
    `SELECT sender FROM removed_messages WHERE id = :id
     UNION ALL SELECT sender FROM deleted_messages WHERE id = :id`,
  ).get({ id: messageId })?.sender
}

/** Which of these calls a rule removed a message of. */
export function callsWithRemoved(db: Database, callIds: string[]): Set<string> {
  const rows = prepared<{ call_id: string }>(
    db,
    'SELECT DISTINCT call_id FROM removed_messages WHERE call_id IN (SELECT value FROM json_each(?))',
  ).all(JSON.stringify(callIds))
  return new Set(rows.map((row) => row.call_id))
}

/** Sums from an index, so that no folder is walked and no row read. */
export function storageUse(db: Database): StorageUse {
  type Sum = { count: number; bytes: number }
  const sum = (table: 'messages' | 'takes'): Sum =>
    prepared<Sum>(
      db,
      `SELECT count(*) AS count, ifnull(sum(size), 0) AS bytes FROM ${table} WHERE size IS NOT NULL`,
    ).get() ?? { count: 0, bytes: 0 }
  return { messages: sum('messages'), takes: sum('takes') }
}

/** The call of the newest unplayed message before this one, else of the newest of all others. */
export function nextUnplayedCall(db: Database, messageId: string): string | null {
  type Found = { call_id: string }
  const unplayed = "direction = 'in' AND phase = 'unplayed' AND deleted_at IS NULL"
  const older = prepared<Found>(
    db,
    `SELECT call_id FROM messages WHERE ${unplayed}
       AND (sent_at, id) < (SELECT sent_at, id FROM messages WHERE id = ?)
     ORDER BY sent_at DESC, id DESC LIMIT 1`,
  ).get(messageId)
  const newest = prepared<Found>(
    db,
    `SELECT call_id FROM messages WHERE ${unplayed} AND id <> ? ORDER BY sent_at DESC, id DESC LIMIT 1`,
  )
  return (older ?? newest.get(messageId))?.call_id ?? null
}
