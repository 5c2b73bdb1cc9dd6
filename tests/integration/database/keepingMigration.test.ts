import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../../main/clock'
import { migrations } from '../../../main/database/migrations'
import { openDatabase } from '../../../main/database/openDatabase'
import { silentLog } from '../../../main/log'
import { testFolder } from './testDatabase'

function opened(file: string, newest: number) {
  const steps = migrations.filter(({ version }) => version <= newest)
  const result = openDatabase({ file, clock: systemClock, log: silentLog, steps })
  if (!result.ok) throw new Error(result.failure.kind)
  return result.value
}

test('messages of the version before are there afterwards, none of them pinned', () => {
  const file = join(testFolder(), 'aftertone.db')
  const before = opened(file, 49)
  before.db.exec(`
    INSERT INTO people (id, name) VALUES ('p', 'Bob');
    INSERT INTO calls (id, person_id, direction, media, started_at, phase, ended_at, outcome, seen, late)
      VALUES ('c', 'p', 'in', 'video', 1, 'ended', 2, 'unanswered', 0, 0);
    INSERT INTO messages (id, call_id, person_id, direction, kind, sent_at, duration_ms, size, phase, played_at)
      VALUES ('m', 'c', 'p', 'in', 'audio', 3, 1000, 500, 'played', 4);
    INSERT INTO takes (id, call_id, kind, mime_type, phase, started_at) VALUES ('t', 'c', 'video', 'x', 'ready', 5);
  `)
  before.close()
  const { db, close } = opened(file, 50)

  expect(db.prepare('SELECT id, size, played_at, kept FROM messages').all()).toEqual([
    { id: 'm', size: 500, played_at: 4, kept: 0 },
  ])
  expect(db.prepare('SELECT id FROM takes').pluck().all()).toEqual(['t'])
  expect(() => db.exec("UPDATE messages SET kept = 2 WHERE id = 'm'")).toThrow(/CHECK/)

  // What hangs on a call or a person goes with it.
  db.exec("INSERT INTO removed_messages VALUES ('gone', 'c', 'bob@example.org', 6)")
  db.exec("INSERT INTO person_settings (person_id, keep_messages) VALUES ('p', '30-days')")
  db.exec("DELETE FROM takes; DELETE FROM messages; DELETE FROM calls; DELETE FROM people WHERE id = 'p'")
  expect(db.prepare('SELECT count(*) FROM removed_messages').pluck().get()).toBe(0)
  expect(db.prepare('SELECT count(*) FROM person_settings').pluck().get()).toBe(0)
  close()
})
