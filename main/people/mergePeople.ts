import type { Database } from 'better-sqlite3'
import { prepared } from '../database/prepared'

/** All that has to be known to take two people apart again. */
export type Merged = {
  into: string
  person: Record<string, unknown>
  addresses: string[]
  calls: string[]
  messages: string[]
}

/** `from` turns out to be `into`: everything of theirs moves over, and they are one person from now on. */
export function mergePeople(db: Database, from: string, into: string): Merged {
  return db.transaction(() => {
    const person = prepared<Record<string, unknown>>(db, 'SELECT * FROM people WHERE id = ?').get(from)
    if (!person) throw new Error('nobody to merge')
    const ids = (sql: string) =>
      prepared<{ id: string }>(db, sql)
        .all(from)
        .map(({ id }) => id)
    const merged: Merged = {
      into,
      person,
      addresses: ids('SELECT address AS id FROM addresses WHERE person_id = ? ORDER BY rowid'),
      calls: ids('SELECT id FROM calls WHERE person_id = ?'),
      messages: ids('SELECT id FROM messages WHERE person_id = ?'),
    }
    move(db, merged, into)
    prepared(db, 'DELETE FROM people WHERE id = ?').run(from)
    return merged
  })()
}

/** Takes apart what `mergePeople` put together, as far as it is still there. */
export function unmergePeople(db: Database, merged: Merged): void {
  db.transaction(() => {
    const columns = Object.keys(merged.person)
    // The columns are the table's own, read from it by `mergePeople`.
    db.prepare(
      `INSERT INTO people (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
    ).run(merged.person)
    move(db, merged, String(merged.person.id))
  })()
}

function move(db: Database, { addresses, calls, messages }: Merged, to: string): void {
  for (const address of addresses) {
    // Behind those that are there already: the first address is the one that is called.
    prepared(
      db,
      `UPDATE addresses SET person_id = ?, rowid = (SELECT max(rowid) + 1 FROM addresses) WHERE address = ?`,
    ).run(to, address)
  }
  const these = 'id IN (SELECT value FROM json_each(?))'
  prepared(db, `UPDATE calls SET person_id = ? WHERE ${these}`).run(to, JSON.stringify(calls))
  prepared(db, `UPDATE messages SET person_id = ? WHERE ${these}`).run(to, JSON.stringify(messages))
}
