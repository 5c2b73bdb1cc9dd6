import type { Database } from 'better-sqlite3'
import { prepared } from '../database/prepared'

/** So many answered calls make somebody a person whom we know. */
const ANSWERED_ENOUGH = 2

/** All that the rule asks. `answered` counts the calls since the suggestion was last removed. */
export type SuggestionFacts = {
  contact: boolean
  blocked: boolean
  /** "Never" was said. */
  refused: boolean
  answered: number
  /** A file of contacts named them, since the suggestion was last removed. */
  imported: boolean
}

export type SuggestionReason = 'answered' | 'imported'

/** Why somebody who is no contact is trusted with leaving messages all the same; null: they are not. */
export function suggestionReason(facts: SuggestionFacts): SuggestionReason | null {
  if (facts.contact || facts.blocked || facts.refused) return null
  if (facts.answered >= ANSWERED_ENOUGH) return 'answered'
  return facts.imported ? 'imported' : null
}

type Row = {
  id: string
  contact: number
  blocked: number
  refused: number
  answered: number
  imported: number
}

const FACTS = `
  SELECT id, contact_since IS NOT NULL AS contact, blocked_at IS NOT NULL AS blocked,
    suggestion_refused_at IS NOT NULL AS refused,
    coalesce(imported_at > coalesce(suggestion_removed_at, 0), 0) AS imported,
    (SELECT count(*) FROM
      (SELECT 1 FROM calls WHERE person_id = people.id AND outcome = 'answered'
         AND started_at > coalesce(suggestion_removed_at, 0)
       LIMIT ${ANSWERED_ENOUGH})) AS answered
  FROM people`

const factsOf = (row: Row): SuggestionFacts => ({
  contact: row.contact === 1,
  blocked: row.blocked === 1,
  refused: row.refused === 1,
  answered: row.answered,
  imported: row.imported === 1,
})

export function isSuggested(db: Database, personId: string): boolean {
  const row = prepared<Row>(db, `${FACTS} WHERE id = ?`).get(personId)
  return row !== undefined && suggestionReason(factsOf(row)) !== null
}

/** The same, whether or not they are blocked: what they are told may not change by a block. */
export function isTrusted(db: Database, personId: string): boolean {
  const row = prepared<Row>(db, `${FACTS} WHERE id = ?`).get(personId)
  return row !== undefined && suggestionReason({ ...factsOf(row), blocked: false }) !== null
}

/** Everybody who is suggested, by name. */
export function allSuggested(db: Database): { personId: string; reason: SuggestionReason }[] {
  return prepared<Row>(
    db,
    `${FACTS}
     WHERE contact_since IS NULL AND blocked_at IS NULL AND suggestion_refused_at IS NULL
     ORDER BY sort_name, id`,
  )
    .all()
    .flatMap((row) => {
      const reason = suggestionReason(factsOf(row))
      return reason ? [{ personId: row.id, reason }] : []
    })
}

/** Until it is earned again, or for ever. */
export function removeSuggestion(db: Database, personId: string, at: number, never: boolean): void {
  prepared(
    db,
    `UPDATE people SET suggestion_removed_at = @at,
       suggestion_refused_at = CASE WHEN @never THEN @at ELSE suggestion_refused_at END
     WHERE id = @personId`,
  ).run({ personId, at, never: Number(never) })
}
