import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../../main/clock'
import { migrations } from '../../../main/database/migrations'
import { openDatabase } from '../../../main/database/openDatabase'
import { silentLog } from '../../../main/log'
import { testFolder } from './testDatabase'

const VERSION = 40

test('who asked to be a contact is taken along, declined or not', () => {
  const file = join(testFolder(), 'aftertone.db')
  const open = (steps: typeof migrations) => {
    const opened = openDatabase({ file, clock: systemClock, log: silentLog, steps })
    if (!opened.ok) throw new Error(opened.failure.kind)
    return opened.value
  }
  const before = open(migrations.filter(({ version }) => version < VERSION))
  const ask = before.db.prepare(
    'INSERT INTO contact_requests (address, name, received_at, dismissed_at) VALUES (?, ?, ?, ?)',
  )
  ask.run('bob@example.org', 'Bob', 1_000, null)
  ask.run('carol@example.org', 'Carol', 2_000, 3_000)
  before.close()

  const { db, close } = open(migrations.filter(({ version }) => version <= VERSION))
  const common = { kind: 'contact', line: '', duration_ms: null }
  expect(db.prepare('SELECT * FROM requests ORDER BY received_at').all()).toEqual([
    {
      ...common,
      id: 'bob@example.org',
      address: 'bob@example.org',
      name: 'Bob',
      received_at: 1_000,
      closed_at: null,
    },
    {
      ...common,
      id: 'carol@example.org',
      address: 'carol@example.org',
      name: 'Carol',
      received_at: 2_000,
      closed_at: 3_000,
    },
  ])
  expect(db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'contact_requests'").get()).toBeUndefined()
  const plan = db
    .prepare('EXPLAIN QUERY PLAN SELECT id FROM requests WHERE closed_at IS NULL AND received_at <= 5')
    .all() as { detail: string }[]
  expect(plan[0]?.detail).toContain('requests_open')
  close()
})
