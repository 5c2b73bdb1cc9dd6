import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import type { FilterNews, Unseen } from '../../preload/contract/history'
import { CALL_COLUMNS, type CallRow, callFromRow } from '../calls/callStore'
import { prepared } from '../database/prepared'

export function callsWith(db: Database, personId: string, limit: number): Call[] {
  return prepared<CallRow>(
    db,
    `SELECT ${CALL_COLUMNS} FROM calls WHERE person_id = ? AND deleted_at IS NULL
     ORDER BY started_at DESC, id DESC LIMIT ?`,
  )
    .all(personId, limit)
    .map(callFromRow)
}

/** Null for a call that is not there, or deleted. */
export function findShownCall(db: Database, callId: string): Call | null {
  const sql = `SELECT ${CALL_COLUMNS} FROM calls WHERE id = ? AND deleted_at IS NULL`
  const row = prepared<CallRow>(db, sql).get(callId)
  return row ? callFromRow(row) : null
}

type Counts = {
  missed: number
  missedOfStrangers: number
  video: number
  audio: number
  notes: number
  strangers: 0 | 1
}

/** Everything that is new, counted from indexes alone. */
export function countNew(db: Database): { unseen: Unseen; filters: FilterNews[] } {
  const counts = prepared<Counts>(
    db,
    `SELECT *, EXISTS (SELECT 1 FROM calls WHERE stranger = 1 AND deleted_at IS NULL) AS strangers
     FROM (
       SELECT count(*) AS missed, ifnull(sum(stranger), 0) AS missedOfStrangers FROM calls
       WHERE direction = 'in' AND outcome <> 'answered' AND seen = 0 AND deleted_at IS NULL
     ), (
       SELECT ifnull(sum(kind = 'video'), 0) AS video, ifnull(sum(kind = 'audio'), 0) AS audio,
         ifnull(sum(kind = 'text'), 0) AS notes
       FROM messages WHERE direction = 'in' AND phase = 'unplayed' AND deleted_at IS NULL
     )`,
  ).get()
  if (!counts) throw new Error('a count without a row')
  const { missed, video, audio, notes } = counts
  const messages = video + audio + notes
  const filters: FilterNews[] = [
    { filter: 'all', unseen: missed + messages },
    { filter: 'missed', unseen: missed },
    { filter: 'messages', unseen: messages },
    { filter: 'video', unseen: video },
    { filter: 'audio', unseen: audio },
    { filter: 'notes', unseen: notes },
    { filter: 'outgoing', unseen: 0 },
  ]
  if (counts.strangers) filters.push({ filter: 'unknown', unseen: counts.missedOfStrangers })
  return { unseen: { missedCalls: missed, messages }, filters }
}
