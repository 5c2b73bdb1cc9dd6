import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../../main/clock'
import { migrations } from '../../../main/database/migrations'
import { openDatabase } from '../../../main/database/openDatabase'
import { silentLog } from '../../../main/log'
import { testFolder } from './testDatabase'

const VERSION = 30

test('names are sorted as they will be, and what was compared stays with every address', () => {
  const file = join(testFolder(), 'aftertone.db')
  const open = (steps: typeof migrations) => {
    const opened = openDatabase({ file, clock: systemClock, log: silentLog, steps })
    if (!opened.ok) throw new Error(opened.failure.kind)
    return opened.value
  }
  const before = open(migrations.filter(({ version }) => version < VERSION))
  before.db.exec(`
    INSERT INTO people (id, name, contact_since, verified_at) VALUES ('z', 'Zoë Ruiz', 1, 5), ('b', 'bob', NULL, NULL);
    INSERT INTO addresses (address, person_id) VALUES ('z1@x', 'z'), ('z2@x', 'z'), ('b@x', 'b');
  `)
  before.close()

  const { db, close } = open(migrations.filter(({ version }) => version <= VERSION))
  expect(db.prepare('SELECT * FROM people ORDER BY id').all()).toEqual([
    expect.objectContaining({
      id: 'b',
      name: 'bob',
      sort_name: 'bob',
      contact_since: null,
      imported_at: null,
    }),
    expect.objectContaining({ id: 'z', name: 'Zoë Ruiz', sort_name: 'zoe ruiz', contact_since: 1 }),
  ])
  expect(db.prepare('SELECT address, verified_at FROM addresses ORDER BY address').all()).toEqual([
    { address: 'b@x', verified_at: null },
    { address: 'z1@x', verified_at: 5 },
    { address: 'z2@x', verified_at: 5 },
  ])
  close()
})
