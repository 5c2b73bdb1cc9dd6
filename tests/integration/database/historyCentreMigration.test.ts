import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { expect, test } from 'vitest'
import { systemClock } from '../../../main/clock'
import { migrations } from '../../../main/database/migrations'
import { openDatabase } from '../../../main/database/openDatabase'
import { silentLog } from '../../../main/log'
import { testFolder } from './testDatabase'

function open(file: string, newest: number) {
  const steps = migrations.filter(({ version }) => version <= newest)
  const opened = openDatabase({ file, clock: systemClock, log: silentLog, steps })
  if (!opened.ok) throw new Error(opened.failure.kind)
  return opened.value
}

const call = (db: Database, id: string, personId: string, direction: 'in' | 'out') =>
  db.exec(`INSERT INTO calls (id, person_id, direction, media, started_at, phase, ended_at, outcome, seen, late)
    VALUES ('${id}', '${personId}', '${direction}', 'audio', 7, 'ended', 8, 'unanswered', 1, 0)`)
const message = (db: Database, id: string, callId: string, kind: 'text' | 'video', text: string | null) =>
  db
    .prepare(
      `INSERT INTO messages (id, call_id, person_id, direction, kind, sent_at, text, phase)
       VALUES (?, ?, 'ana', 'in', ?, 9, ?, 'played')`,
    )
    .run(id, callId, kind, text)

test('calls and messages of the version before are there, filtered and found', () => {
  const file = join(testFolder(), 'aftertone.db')
  const before = open(file, 10)
  before.db.exec(`
    INSERT INTO people (id, name, contact_since) VALUES ('ana', 'Ana Ruiz', 1), ('eve', 'Eve', NULL), ('zoe', 'Zoë', 1);
    INSERT INTO addresses (address, person_id) VALUES ('ana@x.org', 'ana'), ('abcdefgh@nearby.invalid', 'ana'), ('e@x', 'eve');
  `)
  call(before.db, 'one', 'ana', 'in')
  call(before.db, 'two', 'eve', 'in')
  call(before.db, 'three', 'eve', 'out')
  message(before.db, 'note', 'one', 'text', 'Señor Müller’s déjà vu')
  message(before.db, 'film', 'one', 'video', null)
  before.close()

  const { db, close } = open(file, 20)
  expect(db.prepare('SELECT id, holds, stranger, deleted_at FROM calls ORDER BY id').all()).toEqual([
    { id: 'one', holds: 5, stranger: 0, deleted_at: null },
    { id: 'three', holds: 0, stranger: 0, deleted_at: null },
    { id: 'two', holds: 0, stranger: 1, deleted_at: null },
  ])
  // Nobody had a call with Zoë, so the history's search has nothing to find of her.
  expect(
    db
      .prepare(
        'SELECT person_id, message_id, call_id, started_at, words, keys FROM searchable ORDER BY words',
      )
      .all(),
  ).toEqual([
    expect.objectContaining({ person_id: 'ana', words: 'Ana Ruiz ana@x.org', keys: 'abcdefgh' }),
    expect.objectContaining({ person_id: 'eve', words: 'Eve e@x', keys: '' }),
    expect.objectContaining({ message_id: 'note', call_id: 'one', started_at: 7 }),
  ])
  const find = (match: string) =>
    db.prepare('SELECT count(*) FROM search_index WHERE search_index MATCH ?').pluck().get(match)
  expect(find('"senor" AND "muller" AND "deja"')).toBe(1)
  expect(find('"zoe"')).toBe(0)
  close()
})

test('whoever writes, the columns and the index follow', () => {
  const { db, close } = open(join(testFolder(), 'aftertone.db'), 20)
  db.exec("INSERT INTO people (id, name) VALUES ('ana', 'Ana'), ('bob', 'Bob')")
  db.exec("INSERT INTO addresses (address, person_id) VALUES ('ana@x', 'ana')")
  call(db, 'one', 'ana', 'in')
  const column = (name: string) => db.prepare(`SELECT ${name} FROM calls WHERE id = 'one'`).pluck().get()
  const words = () => db.prepare('SELECT words FROM searchable ORDER BY words').pluck().all()
  const isWhole = () => db.exec("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")

  expect(column('stranger')).toBe(1)
  db.exec("UPDATE people SET contact_since = 5 WHERE id = 'ana'")
  expect(column('stranger')).toBe(0)
  db.exec("UPDATE people SET contact_since = NULL WHERE id = 'ana'")
  expect(column('stranger')).toBe(1)

  db.exec("UPDATE people SET name = 'Anna' WHERE id = 'ana'")
  db.exec("INSERT INTO addresses (address, person_id) VALUES ('anna@y', 'ana')")
  expect(words()).toEqual(['Anna ana@x anna@y'])
  db.exec("DELETE FROM addresses WHERE address = 'ana@x'")
  db.exec("UPDATE calls SET person_id = 'bob' WHERE id = 'one'")
  db.exec("UPDATE addresses SET person_id = 'bob'")
  expect(words()).toEqual(['Anna', 'Bob anna@y'])

  message(db, 'note', 'one', 'text', 'Hello')
  message(db, 'film', 'one', 'video', null)
  expect(column('holds')).toBe(5)
  expect(words()).toEqual(['Anna', 'Bob anna@y', 'Hello'])
  db.exec("UPDATE messages SET deleted_at = 1 WHERE id = 'note'")
  expect([column('holds'), words()]).toEqual([1, ['Anna', 'Bob anna@y']])
  db.exec("UPDATE messages SET deleted_at = NULL WHERE id = 'note'")
  expect([column('holds'), words().length]).toEqual([5, 3])
  isWhole()

  // A message brings a deleted call back, and a call takes its messages along.
  db.exec("UPDATE calls SET deleted_at = 1 WHERE id = 'one'")
  message(db, 'later', 'one', 'text', 'Are you there?')
  expect(column('deleted_at')).toBeNull()
  db.exec("DELETE FROM messages WHERE id = 'film'")
  expect(column('holds')).toBe(4)
  db.exec("DELETE FROM calls WHERE id = 'one'")
  expect(words()).toEqual(['Anna', 'Bob anna@y'])
  db.exec("DELETE FROM people WHERE id = 'ana'; DELETE FROM people WHERE id = 'bob'")
  expect(words()).toEqual([])
  isWhole()
  close()
})
