import type { Database } from 'better-sqlite3'
import type { PeopleCursor } from '../../preload/contract/people'
import { foldedText } from '../database/foldedText'
import { prepared } from '../database/prepared'
import { fromRows, IN_ORDER, PEOPLE, type PersonRow, type StoredPerson } from './peopleStore'

/** So many words of a search each have to occur; what is written beyond them is one more word. */
const MOST_WORDS = 4

/** The words of a search, `MOST_WORDS` of them; an empty one occurs in every name. */
function searchedWords(query: string): string[] {
  const words = foldedText(query).split(' ')
  const [first = '', second = '', third = ''] = words
  return [first, second, third, words.slice(MOST_WORDS - 1).join(' ')]
}

const MATCHES = `contact_since IS NOT NULL AND instr(sort_name, ?) > 0 AND instr(sort_name, ?) > 0
  AND instr(sort_name, ?) > 0 AND instr(sort_name, ?) > 0`

export type ContactRow = { person: StoredPerson; cursor: PeopleCursor }

/**
 * A page of contacts by name, keyset paged along its own index. A search reads names only: 20,000 take a few
 * milliseconds, and any part of a name in any script is found, which a word index can't promise.
 */
export function contactPage(
  db: Database,
  { query, after, limit }: { query: string; after: PeopleCursor | null; limit: number },
): ContactRow[] {
  const keys = prepared<{ id: string; sort_name: string }>(
    db,
    `SELECT id, sort_name FROM people
     WHERE ${MATCHES} AND (sort_name, id) > (?, ?)
     ORDER BY sort_name, id LIMIT ?`,
  ).all(...searchedWords(query), after?.sortName ?? '', after?.personId ?? '', limit)
  const rows = prepared<PersonRow>(
    db,
    `${PEOPLE} WHERE people.id IN (SELECT value FROM json_each(?)) ${IN_ORDER}`,
  ).all(JSON.stringify(keys.map(({ id }) => id)))
  const people = new Map(fromRows(rows).map((person) => [person.id, person]))
  return keys.flatMap(({ id, sort_name: sortName }) => {
    const person = people.get(id)
    return person ? [{ person, cursor: { sortName, personId: id } }] : []
  })
}

export function countContacts(db: Database, query: string): number {
  const row = prepared<{ count: number }>(db, `SELECT count(*) AS count FROM people WHERE ${MATCHES}`).get(
    ...searchedWords(query),
  )
  return row?.count ?? 0
}
