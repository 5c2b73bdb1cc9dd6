import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { Medium } from '../../preload/contract/ids'
import { assertNever } from '../../preload/contract/result'
import type { Take, TakeProblem, TakeState } from '../../preload/contract/takes'
import { readJsonColumn } from '../database/jsonColumn'
import { prepared } from '../database/prepared'

type Row = {
  id: string
  call_id: string
  person_id: string
  kind: Medium
  phase: TakeState['phase']
  problem: TakeProblem | null
  started_at: number
  duration_ms: number | null
  width: number | null
  height: number | null
  waveform: string | null
}

/** 120 peaks as they lie in a column. */
export const waveformColumn = z.array(z.number())

/** What is known once a recording stopped. */
export type TakeMeasures = Pick<Take, 'durationMs' | 'width' | 'height' | 'waveform'>

const SELECT = `SELECT takes.id, call_id, person_id, kind, takes.phase, problem, takes.started_at, duration_ms, width,
  height, waveform FROM takes JOIN calls ON calls.id = takes.call_id`

function stateOf(row: Row): TakeState {
  switch (row.phase) {
    case 'recording':
    case 'ready':
      return { phase: row.phase }
    case 'preparing':
      return { phase: 'preparing', progress: 0 }
    case 'failed':
      return { phase: 'failed', problem: row.problem ?? 'ffmpeg-failed' }
    default:
      return assertNever(row.phase)
  }
}

const toTake = (row: Row): Take => ({
  id: row.id,
  callId: row.call_id,
  personId: row.person_id,
  kind: row.kind,
  startedAt: row.started_at,
  durationMs: row.duration_ms ?? 0,
  width: row.width,
  height: row.height,
  waveform: readJsonColumn(waveformColumn, row.waveform),
  state: stateOf(row),
})

/** Throws if the id is taken. */
export function insertTake(db: Database, take: Omit<Take, 'personId'> & { mimeType: string }): void {
  prepared(
    db,
    `INSERT INTO takes (id, call_id, kind, mime_type, phase, started_at, duration_ms, width, height, waveform)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    take.id,
    take.callId,
    take.kind,
    take.mimeType,
    take.state.phase,
    take.startedAt,
    take.durationMs,
    take.width,
    take.height,
    take.waveform && JSON.stringify(take.waveform),
  )
}

export function findTake(db: Database, id: string): Take | null {
  const row = prepared<Row>(db, `${SELECT} WHERE takes.id = ?`).get(id)
  return row ? toTake(row) : null
}

/** Newest first. */
export function allTakes(db: Database): Take[] {
  return prepared<Row>(db, `${SELECT} ORDER BY takes.started_at DESC, takes.id`).all().map(toTake)
}

export function setTakeState(db: Database, id: string, state: TakeState): void {
  prepared(db, 'UPDATE takes SET phase = ?, problem = ? WHERE id = ?').run(
    state.phase,
    state.phase === 'failed' ? state.problem : null,
    id,
  )
}

export function setTakeMeasures(db: Database, id: string, measures: TakeMeasures): void {
  prepared(db, 'UPDATE takes SET duration_ms = ?, width = ?, height = ?, waveform = ? WHERE id = ?').run(
    // A recorder counts in fractions.
    Math.round(measures.durationMs),
    measures.width,
    measures.height,
    measures.waveform && JSON.stringify(measures.waveform),
    id,
  )
}

/** Bytes of its finished file: what the storage meter counts. */
export function setTakeSize(db: Database, id: string, size: number): void {
  prepared(db, 'UPDATE takes SET size = ? WHERE id = ?').run(size, id)
}

export function deleteTake(db: Database, id: string): void {
  prepared(db, 'DELETE FROM takes WHERE id = ?').run(id)
}
