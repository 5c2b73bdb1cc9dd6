import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import type { HistoryCursor, HistoryFilter } from '../../preload/contract/history'
import { CALL_COLUMNS, type CallRow, callFromRow } from '../calls/callStore'
import { prepared } from '../database/prepared'
import { type SearchTerms, searchTerms } from './searchTerms'

/** Which calls, and from where: `after` is the last one that the reader has. */
export type ListPage = {
  filter: HistoryFilter
  search?: string | undefined
  after: HistoryCursor | null
  towards?: 'older' | 'newer' | undefined
  limit: number
}

/** As the partial indexes have it, word for word: that is how SQLite knows which one serves. */
const conditions: Record<HistoryFilter, string> = {
  all: 'deleted_at IS NULL',
  missed: "direction = 'in' AND outcome <> 'answered' AND deleted_at IS NULL",
  messages: 'holds > 0 AND deleted_at IS NULL',
  video: 'holds > 0 AND (holds & 1) > 0 AND deleted_at IS NULL',
  audio: 'holds > 0 AND (holds & 2) > 0 AND deleted_at IS NULL',
  notes: 'holds > 0 AND (holds & 4) > 0 AND deleted_at IS NULL',
  outgoing: "direction = 'out' AND deleted_at IS NULL",
  unknown: 'stranger = 1 AND deleted_at IS NULL',
}

/** Where one person's calls are asked for: where few calls pass a filter, only those are in the index. */
const indexOfPerson: Record<HistoryFilter, string> = {
  all: 'calls_by_person',
  missed: 'calls_by_person',
  messages: 'calls_by_person_with_messages',
  video: 'calls_by_person_with_messages',
  audio: 'calls_by_person_with_messages',
  notes: 'calls_by_person_with_messages',
  outgoing: 'calls_by_person',
  unknown: 'calls_by_stranger',
}

const orders = {
  older: { beyond: '<', by: 'DESC', furthest: 'min', limitless: -1 },
  newer: { beyond: '>', by: 'ASC', furthest: 'max', limitless: Number.MAX_SAFE_INTEGER },
}

/**
 * A page of calls, keyset paged, newest first. Each filter walks its own index in either direction, so the last page
 * costs what the first does. A search of nothing but spaces is none.
 */
export function callPage(db: Database, page: ListPage): Call[] {
  const towards = page.towards ?? 'older'
  const terms = searchTerms(page.search ?? '')
  const sql = terms ? searchSql(page.filter, towards, terms) : pageSql(page.filter, towards)
  const calls = prepared<CallRow>(db, sql)
    .all({
      at: page.after?.startedAt ?? (towards === 'older' ? Number.MAX_SAFE_INTEGER : -1),
      id: page.after?.callId ?? '',
      limit: page.limit,
      ...(terms?.match ? { match: terms.match } : {}),
      ...(terms?.literal.length ? { literal: JSON.stringify(terms.literal) } : {}),
    })
    .map(callFromRow)
  return towards === 'older' ? calls : calls.reverse()
}

function pageSql(filter: HistoryFilter, towards: 'older' | 'newer'): string {
  const { beyond, by } = orders[towards]
  return `SELECT ${CALL_COLUMNS} FROM calls
    WHERE ${conditions[filter]} AND (started_at, id) ${beyond} (:at, :id)
    ORDER BY started_at ${by}, id ${by} LIMIT :limit`
}

/**
 * The calls of people whose name or address has the words, and those that a note with the words answers. A page can
 * only hold calls of the people whose own next calls come first, and none beyond the last of these: so many people
 * are asked for so many calls, however many were found. Found notes are put in order before their calls are read.
 */
function searchSql(filter: HistoryFilter, towards: 'older' | 'newer', terms: SearchTerms): string {
  const { beyond, by, furthest, limitless } = orders[towards]
  const next = (column: string, person: string, limit: string, within = '') =>
    `SELECT ${column} FROM calls AS own INDEXED BY ${indexOfPerson[filter]}
     WHERE own.person_id = ${person} AND ${conditions[filter]} AND (own.started_at, own.id) ${beyond} (:at, :id)
       ${within}
     ORDER BY own.started_at ${by}, own.id ${by} LIMIT ${limit}`
  const notFurther = `AND own.started_at ${beyond === '<' ? '>=' : '<='} (SELECT at FROM furthest)`
  return `
    WITH found AS MATERIALIZED (${foundSql(terms)}),
    people_in_turn AS MATERIALIZED (
      SELECT person_id, (${next("printf('%020d', own.started_at) || own.id", 'found.person_id', '1')}) AS next_call
      FROM found WHERE person_id IS NOT NULL ORDER BY next_call IS NULL, next_call ${by} LIMIT :limit
    ),
    notes_in_turn AS MATERIALIZED (
      SELECT DISTINCT started_at, call_id FROM found
      WHERE call_id IS NOT NULL AND (started_at, call_id) ${beyond} (:at, :id)
      ORDER BY started_at ${by}, call_id ${by} LIMIT -1
    ),
    furthest AS MATERIALIZED (
      SELECT iif(count(next_call) < :limit, ${limitless}, CAST(substr(${furthest}(next_call), 1, 20) AS INTEGER)) AS at
      FROM people_in_turn
    ),
    candidates AS (
      SELECT calls.rowid FROM people_in_turn CROSS JOIN calls ON calls.rowid IN (
        ${next('own.rowid', 'people_in_turn.person_id', ':limit', notFurther)}
      ) WHERE next_call IS NOT NULL
      UNION
      SELECT * FROM (
        SELECT calls.rowid FROM notes_in_turn CROSS JOIN calls ON calls.id = notes_in_turn.call_id
        WHERE ${conditions[filter]} LIMIT :limit
      )
    )
    SELECT ${CALL_COLUMNS} FROM calls WHERE rowid IN candidates
    ORDER BY started_at ${by}, id ${by} LIMIT :limit`
}

function foundSql({ match, literal }: SearchTerms): string {
  const from = match
    ? 'FROM search_index CROSS JOIN searchable ON number = search_index.rowid WHERE search_index MATCH :match'
    : 'FROM searchable WHERE true'
  const literally =
    literal.length > 0
      ? 'AND NOT EXISTS (SELECT 1 FROM json_each(:literal) WHERE instr(searchable.words, value) = 0)'
      : ''
  return `SELECT person_id, call_id, started_at ${from} ${literally}`
}
