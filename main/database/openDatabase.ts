import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { failed, ok, type Result } from '../../preload/contract/result'
import type { Clock } from '../clock'
import type { Log } from '../log'
import { foldedText } from './foldedText'
import { migrations } from './migrations'
import type { Migration } from './migrations/migration'

/** Whatever it is, the file was left as it is. */
export type OpenFailure = { kind: 'from-the-future' | 'corrupt' | 'unwritable' }

export type OpenedDatabase = {
  db: Database
  /** Checks and backs up, at most once a day, then closes. */
  close(): void
}

const A_DAY_MS = 24 * 3_600_000
const LOCK_WAIT_MS = 2_000

/** Where the backup of a database lies: beside it. */
export const backupOf = (file: string) => `${file}.backup`
const partOf = (file: string) => `${backupOf(file)}.part`

/**
 * Opens the database at `file`, made if it is not there, brought to the newest schema in one transaction.
 * Failures leave the file untouched.
 */
export function openDatabase(options: {
  file: string
  clock: Clock
  log: Log
  steps?: readonly Migration[]
}): Result<OpenedDatabase, OpenFailure> {
  const { file, clock, log, steps = migrations } = options
  const newest = steps.at(-1)?.version ?? 0
  const failure = (kind: OpenFailure['kind'], detail?: unknown) => {
    log.error(`database ${kind}`, detail)
    return failed({ kind })
  }
  if (!existsSync(dirname(file))) return failure('unwritable')
  let db: Database | undefined
  try {
    if (existsSync(file)) {
      const problem = inspect(file, newest)
      if (problem) return failure(problem)
      // SQLite would open a read-only file all the same, and fail at the first call instead of here.
      closeSync(openSync(file, 'r+'))
    }
    db = new Sqlite(file, { timeout: LOCK_WAIT_MS })
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    migrate(db, steps)
  } catch (error) {
    db?.close()
    const kind = failureOf(error)
    if (!kind) throw error
    return failure(kind, error)
  }
  const opened = db
  return ok({
    db: opened,
    close() {
      try {
        backUp(opened, file, clock.now(), log)
      } catch (error) {
        // A full disk must not keep the app from closing; the next close tries again.
        log.warn('no backup made', error)
        rmSync(partOf(file), { recursive: true, force: true })
      }
      opened.close()
    },
  })
}

/**
 * Looks at an existing file before anything may write to it. A read-only connection also sees a version that is
 * still in the write-ahead log, and leaves both as they are, where a writing one would fold them together.
 */
function inspect(file: string, newest: number): 'from-the-future' | 'corrupt' | null {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: LOCK_WAIT_MS })
  try {
    if (versionOf(db) > newest) return 'from-the-future'
    return db.pragma('quick_check(1)', { simple: true }) === 'ok' ? null : 'corrupt'
  } finally {
    db.close()
  }
}

function versionOf(db: Database): number {
  const version = db.pragma('user_version', { simple: true })
  return typeof version === 'number' ? version : 0
}

/** One transaction for all steps: a crash or a full disk in the middle leaves the version from before. */
function migrate(db: Database, steps: readonly Migration[]): void {
  db.function('folded', { deterministic: true }, (text) => foldedText(String(text)))
  db.transaction(() => {
    const version = versionOf(db)
    for (const step of steps) {
      if (step.version <= version) continue
      db.exec(step.sql)
      db.pragma(`user_version = ${step.version}`)
    }
  }).immediate()
}

function backUp(db: Database, file: string, now: number, log: Log): void {
  const backup = backupOf(file)
  if (existsSync(backup) && Math.abs(now - statSync(backup).mtimeMs) < A_DAY_MS) return
  const check = db.pragma('integrity_check(1)', { simple: true })
  if (check !== 'ok') {
    // The backup from before is the better one now.
    log.error('integrity check failed', check)
    return
  }
  const part = partOf(file)
  rmSync(part, { recursive: true, force: true })
  db.prepare('VACUUM INTO ?').run(part)
  const written = openSync(part, 'r+')
  fsyncSync(written)
  closeSync(written)
  renameSync(part, backup)
}

/** Null: not a trouble of the file or the disk, so a bug. */
function failureOf(error: unknown): 'corrupt' | 'unwritable' | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'corrupt'
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|FULL|IOERR|BUSY|LOCKED|AUTH)/.test(code)) return 'unwritable'
  if (/^(EACCES|EPERM|EROFS|EISDIR|EBUSY)$/.test(code)) return 'unwritable'
  return null
}
