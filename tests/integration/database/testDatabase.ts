import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { systemClock } from '../../../main/clock'
import { openDatabase } from '../../../main/database/openDatabase'
import { silentLog } from '../../../main/log'

/** A folder that goes with the test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aftertone-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A real, empty database on disk, for one test. */
export function testDatabase(): Database {
  const opened = openDatabase({
    file: join(testFolder(), 'aftertone.db'),
    clock: systemClock,
    log: silentLog,
  })
  if (!opened.ok) throw new Error(`no test database: ${opened.failure.kind}`)
  const { db } = opened.value
  onTestFinished(() => {
    db.close()
  })
  return db
}
