import type { Database } from 'better-sqlite3'
import type { Call, CallOutcome, CallState } from '../../preload/contract/calls'
import type { Medium } from '../../preload/contract/ids'
import { assertNever } from '../../preload/contract/result'
import { prepared } from '../database/prepared'
import { readAccepts, writeAccepts } from '../people/accepts'

export type CallRow = {
  id: string
  person_id: string
  direction: 'in' | 'out'
  media: Medium
  started_at: number
  phase: CallState['phase']
  /** While it rings: until when. */
  rings_until: number | null
  connected_at: number | null
  ended_at: number | null
  outcome: CallOutcome | null
  accepts: string | null
  seen: number
  late: number
}

export const CALL_COLUMNS = `id, person_id, direction, media, started_at, phase, rings_until, connected_at, ended_at,
  outcome, accepts, seen, late`

export function callFromRow(row: CallRow): Call {
  return {
    id: row.id,
    personId: row.person_id,
    direction: row.direction,
    media: row.media,
    startedAt: row.started_at,
    state: stateFromRow(row),
    seen: row.seen === 1,
    late: row.late === 1,
  }
}

function stateFromRow(row: CallRow): CallState {
  switch (row.phase) {
    case 'dialing':
    case 'connecting':
      return { phase: row.phase }
    case 'ringing':
      return { phase: 'ringing', until: row.rings_until ?? row.started_at, accepts: readAccepts(row.accepts) }
    case 'connected':
      return { phase: 'connected', since: row.connected_at ?? row.started_at }
    case 'ended': {
      const at = row.ended_at ?? row.started_at
      return {
        phase: 'ended',
        outcome: row.outcome ?? 'failed',
        at,
        talkedMs: row.connected_at === null ? 0 : Math.max(0, at - row.connected_at),
        accepts: readAccepts(row.accepts),
      }
    }
    default:
      return assertNever(row.phase)
  }
}

/** The columns that a state fills. */
function stateColumns(state: CallState) {
  return {
    phase: state.phase,
    ringsUntil: state.phase === 'ringing' ? state.until : null,
    connectedAt: state.phase === 'connected' ? state.since : null,
    endedAt: state.phase === 'ended' ? state.at : null,
    outcome: state.phase === 'ended' ? state.outcome : null,
    accepts: state.phase === 'ringing' || state.phase === 'ended' ? writeAccepts(state.accepts) : null,
  }
}

export function insertCall(db: Database, call: Call): void {
  prepared(
    db,
    `INSERT INTO calls (${CALL_COLUMNS})
     VALUES (@id, @personId, @direction, @media, @startedAt, @phase, @ringsUntil, @connectedAt, @endedAt,
       @outcome, @accepts, @seen, @late)`,
  ).run({ ...call, ...stateColumns(call.state), seen: Number(call.seen), late: Number(call.late) })
}

/** Writes a call's state and whether it was seen; the rest of a call never changes. When it connected stays known. */
export function updateCall(db: Database, call: Call): void {
  prepared(
    db,
    `UPDATE calls SET phase = @phase, rings_until = @ringsUntil,
       connected_at = coalesce(@connectedAt, connected_at), ended_at = @endedAt, outcome = @outcome,
       accepts = @accepts, seen = @seen
     WHERE id = @id`,
  ).run({ id: call.id, ...stateColumns(call.state), seen: Number(call.seen) })
}

export function deleteCall(db: Database, callId: string): void {
  prepared(db, 'DELETE FROM calls WHERE id = ?').run(callId)
}

export function findCall(db: Database, callId: string): Call | undefined {
  const row = prepared<CallRow>(db, `SELECT ${CALL_COLUMNS} FROM calls WHERE id = ?`).get(callId)
  return row && callFromRow(row)
}

/** Calls that have not ended: at most the running one, or what a crash left behind. */
export function openCalls(db: Database): Call[] {
  return prepared<CallRow>(db, `SELECT ${CALL_COLUMNS} FROM calls WHERE phase <> 'ended'`)
    .all()
    .map(callFromRow)
}
