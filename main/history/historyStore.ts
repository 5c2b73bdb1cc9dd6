import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import type { HistoryCursor, HistoryFilter, Unseen } from '../../preload/contract/history'
import { CALL_COLUMNS, type CallRow, callFromRow } from '../calls/callStore'
import { prepared } from '../database/prepared'

/** Newest first, keyset paged: each filter walks its own index, so the last page costs what the first does. */
const pages: Record<HistoryFilter, string> = {
  all: `SELECT ${CALL_COLUMNS} FROM calls
    WHERE (started_at, id) < (?, ?)
    ORDER BY started_at DESC, id DESC LIMIT ?`,
  missed: `SELECT ${CALL_COLUMNS} FROM calls
    WHERE direction = 'in' AND outcome <> 'answered' AND (started_at, id) < (?, ?)
    ORDER BY started_at DESC, id DESC LIMIT ?`,
}

export function callPage(
  db: Database,
  page: { filter: HistoryFilter; after: HistoryCursor | null; limit: number },
): Call[] {
  return prepared<CallRow>(db, pages[page.filter])
    .all(page.after?.startedAt ?? Number.MAX_SAFE_INTEGER, page.after?.callId ?? '', page.limit)
    .map(callFromRow)
}

export function callsWith(db: Database, personId: string, limit: number): Call[] {
  return prepared<CallRow>(
    db,
    `SELECT ${CALL_COLUMNS} FROM calls WHERE person_id = ? ORDER BY started_at DESC, id DESC LIMIT ?`,
  )
    .all(personId, limit)
    .map(callFromRow)
}

export function countUnseen(db: Database): Unseen {
  const counts = prepared<Unseen>(
    db,
    `SELECT
       (SELECT count(*) FROM calls
        WHERE direction = 'in' AND outcome <> 'answered' AND seen = 0) AS missedCalls,
       (SELECT count(*) FROM messages WHERE direction = 'in' AND phase = 'unplayed') AS messages`,
  ).get()
  return counts ?? { missedCalls: 0, messages: 0 }
}
