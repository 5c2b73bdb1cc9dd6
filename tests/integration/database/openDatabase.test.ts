import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../../main/clock'
import { migrations } from '../../../main/database/migrations'
import { backupOf, openDatabase } from '../../../main/database/openDatabase'
import { type Log, silentLog } from '../../../main/log'
import { testFolder } from './testDatabase'

const newFile = () => join(testFolder(), 'aftertone.db')
const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

function open(file: string, options: Partial<Parameters<typeof openDatabase>[0]> = {}) {
  return openDatabase({ file, clock: systemClock, log: silentLog, ...options })
}

function opened(file: string, options: Partial<Parameters<typeof openDatabase>[0]> = {}) {
  const result = open(file, options)
  if (!result.ok) throw new Error(result.failure.kind)
  return result.value
}

const addPerson = (db: Sqlite.Database, name: string) =>
  db.prepare('INSERT INTO people (id, name) VALUES (hex(randomblob(16)), ?)').run(name)
const names = (db: Sqlite.Database) => db.prepare('SELECT name FROM people ORDER BY name').pluck().all()

describe('opening', () => {
  test('makes a new file with the newest schema, write-ahead log and foreign keys', () => {
    const file = newFile()
    const { db, close } = opened(file)
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.version)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(db.pragma('synchronous', { simple: true })).toBe(1)
    expect(() => db.exec("INSERT INTO addresses (address, person_id) VALUES ('a@b', 'nobody')")).toThrow(
      /FOREIGN KEY/,
    )
    close()
  })

  test('finds again what was written', () => {
    const file = newFile()
    const first = opened(file)
    addPerson(first.db, 'Ana')
    first.close()
    const second = opened(file)
    expect(names(second.db)).toEqual(['Ana'])
    second.close()
  })

  test('an empty file, as a crash at the first start leaves it, is a new database', () => {
    const file = newFile()
    writeFileSync(file, '')
    const { db, close } = opened(file)
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.version)
    close()
  })

  test('every table is strict', () => {
    const { db, close } = opened(newFile())
    const loose = db
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .pluck()
      .all()
    expect(loose).toEqual([])
    close()
  })
})

describe('migrating', () => {
  const one = {
    version: 10,
    sql: "CREATE TABLE notes (text TEXT NOT NULL) STRICT; INSERT INTO notes VALUES ('kept')",
  }
  const two = {
    version: 20,
    sql: "ALTER TABLE notes ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0; INSERT INTO notes (text, pinned) SELECT text || ' twice', 1 FROM notes",
  }
  const broken = { version: 30, sql: 'ALTER TABLE notes ADD COLUMN kind TEXT; THIS IS NOT SQL' }

  test('takes rows of the version before along, and does nothing the next time', () => {
    const file = newFile()
    opened(file, { steps: [one] }).close()
    opened(file, { steps: [one, two] }).close()
    const { db, close } = opened(file, { steps: [one, two] })
    expect(db.prepare('SELECT text, pinned FROM notes').all()).toEqual([
      { text: 'kept', pinned: 0 },
      { text: 'kept twice', pinned: 1 },
    ])
    expect(db.pragma('user_version', { simple: true })).toBe(20)
    close()
  })

  test('a step that fails takes all pending steps back', () => {
    const file = newFile()
    opened(file, { steps: [one] }).close()
    expect(() => open(file, { steps: [one, two, broken] })).toThrow(/syntax error/)
    const { db, close } = opened(file, { steps: [one] })
    expect(db.pragma('user_version', { simple: true })).toBe(10)
    expect(db.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'kept' }])
    close()
  })
})

describe('refusing, with the file left as it was', () => {
  test('a database of a newer version', () => {
    const file = newFile()
    const { db, close } = opened(file)
    db.pragma('user_version = 9990')
    close()
    const before = hashOf(file)
    expect(open(file)).toMatchObject({ ok: false, failure: { kind: 'from-the-future' } })
    expect(hashOf(file)).toBe(before)
  })

  test('a database of a newer version that is still in the write-ahead log', () => {
    const file = newFile()
    opened(file).close()
    // A process that dies leaves its log behind; one that closes would fold it into the file.
    const library = createRequire(import.meta.url).resolve('better-sqlite3')
    const dying = `const db = new (require(${JSON.stringify(library)}))(${JSON.stringify(file)})
      db.pragma('user_version = 9990'); process.kill(process.pid, 'SIGKILL')`
    expect(() => execFileSync(process.execPath, ['-e', dying], { stdio: 'ignore' })).toThrow()
    const before = [hashOf(file), hashOf(`${file}-wal`)]
    expect(open(file)).toMatchObject({ ok: false, failure: { kind: 'from-the-future' } })
    expect([hashOf(file), hashOf(`${file}-wal`)]).toEqual(before)
  })

  test('a file that is no database', () => {
    const file = newFile()
    writeFileSync(file, 'These are not the pages you are looking for. '.repeat(200))
    const before = hashOf(file)
    expect(open(file)).toMatchObject({ ok: false, failure: { kind: 'corrupt' } })
    expect(hashOf(file)).toBe(before)
  })

  test('a database with damaged pages', () => {
    const file = newFile()
    const { db, close } = opened(file)
    for (let i = 0; i < 2_000; i++) addPerson(db, `Person ${i}`)
    close()
    const bytes = readFileSync(file)
    bytes.fill(0xa5, bytes.length / 2, bytes.length / 2 + 8_192)
    writeFileSync(file, bytes)
    const before = hashOf(file)
    expect(open(file)).toMatchObject({ ok: false, failure: { kind: 'corrupt' } })
    expect(hashOf(file)).toBe(before)
  })

  test('a folder that is not there', () => {
    expect(open(join(testFolder(), 'gone', 'aftertone.db'))).toMatchObject({
      ok: false,
      failure: { kind: 'unwritable' },
    })
  })

  test('a folder in its place', () => {
    const file = newFile()
    mkdirSync(file)
    expect(open(file)).toMatchObject({ ok: false, failure: { kind: 'unwritable' } })
  })

  test.each([
    ['file', 0o444, 0o777],
    ['file and folder', 0o444, 0o555],
    ['folder, with no file yet', null, 0o555],
  ])('a read-only %s', (_, fileMode, folderMode) => {
    const folder = testFolder()
    const file = join(folder, 'aftertone.db')
    if (fileMode !== null) {
      opened(file).close()
      chmodSync(file, fileMode)
    }
    const before = fileMode === null ? null : hashOf(file)
    chmodSync(folder, folderMode)
    asNobody()
    expect(open(file)).toMatchObject({ ok: false, failure: { kind: 'unwritable' } })
    expect(existsSync(file) ? hashOf(file) : null).toBe(before)
  })
})

/** Root may write anywhere, so a test of permissions run by root steps down for its duration. */
function asNobody(): void {
  if (process.geteuid?.() !== 0) return
  process.seteuid?.(65_534)
  onTestFinished(() => process.seteuid?.(0))
}

describe('closing', () => {
  const aDayAgo = () => new Date(Date.now() - 25 * 3_600_000)

  test('leaves a backup that opens, and makes the next one a day later', () => {
    const file = newFile()
    const first = opened(file)
    addPerson(first.db, 'Ana')
    first.close()
    const backedUp = () => {
      const db = new Sqlite(backupOf(file), { readonly: true })
      onTestFinished(() => {
        db.close()
      })
      return names(db)
    }
    expect(backedUp()).toEqual(['Ana'])

    const second = opened(file)
    addPerson(second.db, 'Bob')
    second.close()
    expect(backedUp()).toEqual(['Ana'])

    utimesSync(backupOf(file), aDayAgo(), aDayAgo())
    opened(file).close()
    expect(backedUp()).toEqual(['Ana', 'Bob'])
  })

  test('a database that was damaged meanwhile does not replace the good backup', () => {
    const file = newFile()
    const first = opened(file)
    addPerson(first.db, 'Ana')
    first.close()
    utimesSync(backupOf(file), aDayAgo(), aDayAgo())
    const good = hashOf(backupOf(file))

    const errors: string[] = []
    const log: Log = { ...silentLog, error: (message) => errors.push(message) }
    const second = opened(file, { log })
    // An index that has lost an entry: readable, and wrong.
    second.db.unsafeMode()
    second.db.pragma('writable_schema = ON')
    second.db.exec(
      "UPDATE sqlite_schema SET sql = replace(sql, '(person_id)', '(endpoint)') WHERE name = 'addresses_by_person'",
    )
    second.db.exec("INSERT INTO addresses (address, person_id) SELECT 'a@b', id FROM people")
    second.db.pragma('writable_schema = RESET')
    second.close()
    expect(errors).toEqual(['integrity check failed'])
    expect(hashOf(backupOf(file))).toBe(good)
  })

  test('a backup that cannot be written does not keep the database from closing', () => {
    const file = newFile()
    mkdirSync(join(backupOf(file), 'in the way'), { recursive: true })
    utimesSync(backupOf(file), aDayAgo(), aDayAgo())
    const { db, close } = opened(file)
    close()
    expect(db.open).toBe(false)
    expect(existsSync(`${backupOf(file)}.part`)).toBe(false)
  })
})
