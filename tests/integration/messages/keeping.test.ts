import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../../main/log'
import { createKeeping } from '../../../main/messages/keeping'
import { callsWithRemoved, senderOfRemoved, storageUse } from '../../../main/messages/keepStore'
import { createMessageFiles, type MessageFiles } from '../../../main/messages/messageFiles'
import { findMessage, insertMessage } from '../../../main/messages/messageStore'
import { createPersonSettings } from '../../../main/people/personSettings'
import type { Call } from '../../../preload/contract/calls'
import type { Message, MessageState } from '../../../preload/contract/messages'
import { defaultSettings, type Settings } from '../../../preload/contract/settings'
import { heldClock } from '../calls/heldClock'
import { testDatabase, testFolder } from '../database/testDatabase'
import { BOB, CAROL, unansweredCall } from './rows'

const DAY = 24 * 3_600_000
const NOW = 1_700_000_000_000

let db: Database
let files: MessageFiles
let folder: string
let settings: Settings
let clock: ReturnType<typeof heldClock>
let changed: string[]
let withBob: Call

beforeEach(() => {
  db = testDatabase()
  folder = testFolder()
  files = createMessageFiles(folder, silentLog)
  settings = { ...defaultSettings, keepMessages: '30-days' }
  clock = heldClock(NOW)
  changed = []
  withBob = unansweredCall(db, BOB)
})

const keeping = () =>
  createKeeping({
    db,
    clock,
    log: silentLog,
    files,
    settings: { get: () => settings },
    changed: (callId) => changed.push(callId),
  })

function message(
  state: MessageState,
  { call = withBob, kept = false, direction = 'in' as 'in' | 'out' } = {},
) {
  const id = randomUUID()
  const content: Message['content'] = { kind: 'video', durationMs: 1_000, size: 4_000, width: 2, height: 2 }
  const { id: callId, personId } = call
  insertMessage(db, {
    message: { id, callId, personId, direction, sentAt: NOW - 90 * DAY, content, state, kept },
    sha256: null,
    sender: direction === 'in' ? BOB : null,
    source: null,
  })
  for (const path of Object.values(files.paths(id))) writeFileSync(path, 'film')
  return id
}
const played = (daysAgo: number): MessageState => ({ phase: 'played', at: NOW - daysAgo * DAY })
const isThere = (id: string) => findMessage(db, id) !== null && existsSync(files.paths(id).file)
const setRule = (personId: string, keepMessages: 'forever' | '30-days') =>
  createPersonSettings({ db, log: silentLog, settings: { get: () => settings } }).handlers[
    'personSettings/change'
  ]({ personId, change: { keepMessages } })

describe('the daily run', () => {
  it('deletes what was played 30 days ago, files and all, and leaves its call', async () => {
    const old = message(played(31))
    const recent = message(played(29))
    const freed = await keeping().handlers['storage/deleteDue']()
    expect(freed).toEqual({ count: 1, bytes: 4_000 })
    expect(isThere(old)).toBe(false)
    expect(readdirSync(folder).filter((name) => name.includes(old))).toEqual([])
    expect(isThere(recent)).toBe(true)
    expect(changed).toEqual([withBob.id])
    expect(callsWithRemoved(db, [withBob.id])).toEqual(new Set([withBob.id]))
    expect(db.prepare('SELECT count(*) FROM calls').pluck().get()).toBe(1)
    // Sent again, it is known by its sender and not taken again.
    expect(senderOfRemoved(db, old)).toBe(BOB)
    expect(senderOfRemoved(db, recent)).toBeUndefined()
  })

  it('never deletes what is pinned, unplayed, on its way, or kept for ever', async () => {
    const withCarol = unansweredCall(db, CAROL)
    setRule(withCarol.personId, 'forever')
    const safe = [
      message(played(400), { kept: true }),
      message({ phase: 'unplayed' }),
      message({ phase: 'fetching', progress: 0.5 }),
      message({ phase: 'delivered' }, { direction: 'out' }),
      message({ phase: 'failed', problem: 'network' }, { direction: 'out' }),
      message(played(400), { call: withCarol }),
    ]
    expect(await keeping().handlers['storage/deleteDue']()).toEqual({ count: 0, bytes: 0 })
    expect(safe.map(isThere)).toEqual(safe.map(() => true))
  })

  it('deletes only of the person whose own rule says so', async () => {
    settings = { ...settings, keepMessages: 'forever' }
    const withCarol = unansweredCall(db, CAROL)
    setRule(withCarol.personId, '30-days')
    const ofBob = message(played(400))
    const ofCarol = message(played(400), { call: withCarol, direction: 'out' })
    await keeping().handlers['storage/deleteDue']()
    expect(isThere(ofBob)).toBe(true)
    expect(isThere(ofCarol)).toBe(false)
  })

  it('a damaged rule of a person is as for everybody', async () => {
    setRule(withBob.personId, '30-days')
    db.prepare("UPDATE person_settings SET keep_messages = 'for a while'").run()
    settings = { ...settings, keepMessages: 'forever' }
    const old = message(played(400))
    await keeping().handlers['storage/deleteDue']()
    expect(isThere(old)).toBe(true)
  })

  it('runs at start and once a day, on one timer', async () => {
    const first = message(played(31))
    const later = message(played(29.5))
    const service = keeping()
    service.start()
    // Asked for while it runs, it is the same run.
    expect(await service.handlers['storage/deleteDue']()).toMatchObject({ count: 1 })
    expect(isThere(first)).toBe(false)
    expect(isThere(later)).toBe(true)
    expect(clock.waiting()).toBe(1)
    clock.advance(DAY)
    await expect.poll(() => isThere(later)).toBe(false)
    expect(clock.waiting()).toBe(1)
    await service.stop()
    expect(clock.waiting()).toBe(0)
  })

  it('goes on where a file cannot be removed, and does not count its bytes', async () => {
    const stuck = message(played(32))
    const next = message(played(31))
    const stubborn = {
      remove: (id: string) => (id === stuck ? Promise.reject(new Error('EBUSY')) : files.remove(id)),
    }
    const service = createKeeping({
      db,
      clock,
      log: silentLog,
      files: stubborn,
      settings: { get: () => settings },
      changed: () => {},
    })
    expect(await service.handlers['storage/deleteDue']()).toEqual({ count: 2, bytes: 4_000 })
    expect(findMessage(db, stuck)).toBeNull()
    expect(isThere(next)).toBe(false)
  })

  it('leaves what is pinned while it runs', async () => {
    const first = message(played(40))
    const second = message(played(35))
    const service = keeping()
    const run = service.handlers['storage/deleteDue']()
    service.handlers['messages/setKept']({ messageId: second, kept: true })
    expect(await run).toEqual({ count: 1, bytes: 4_000 })
    expect([first, second].map(isThere)).toEqual([false, true])
  })
})

describe('what can be seen before', () => {
  it('is what is due within a week, soonest first, with sums', () => {
    const soon = message(played(24))
    const now = message(played(45))
    message(played(22))
    message(played(45), { kept: true })
    const due = keeping().handlers['storage/due']()
    expect(due).toMatchObject({ count: 2, bytes: 8_000, now: NOW })
    expect(due).toHaveProperty('messages', [
      expect.objectContaining({ messageId: now, name: 'Somebody', size: 4_000, dueAt: NOW - 15 * DAY }),
      expect.objectContaining({ messageId: soon, dueAt: NOW + 6 * DAY }),
    ])
  })

  it('is nothing where all is kept for ever', () => {
    message(played(45))
    settings = { ...settings, keepMessages: 'forever' }
    expect(keeping().handlers['storage/due']()).toMatchObject({ count: 0, messages: [] })
  })
})

describe('the pin', () => {
  it('is kept, told, and can be taken back', () => {
    const id = message(played(45))
    const { handlers } = keeping()
    expect(handlers['messages/setKept']({ messageId: id, kept: true })).toMatchObject({
      ok: true,
      value: { id, kept: true },
    })
    expect(findMessage(db, id)?.message.kept).toBe(true)
    expect(changed).toEqual([withBob.id])
    handlers['messages/setKept']({ messageId: id, kept: false })
    expect(findMessage(db, id)?.message.kept).toBe(false)
    expect(handlers['messages/setKept']({ messageId: randomUUID(), kept: true })).toEqual({
      ok: false,
      failure: { kind: 'message-gone' },
    })
  })
})

describe('the storage meter', () => {
  it('sums files of messages and of takes, notes not counted', () => {
    message({ phase: 'unplayed' })
    message(played(1))
    db.prepare(
      `INSERT INTO takes (id, call_id, kind, mime_type, phase, started_at, size)
       VALUES ('t', ?, 'video', 'video/mp4', 'ready', 0, 700)`,
    ).run(withBob.id)
    expect(storageUse(db)).toEqual({ messages: { count: 2, bytes: 8_000 }, takes: { count: 1, bytes: 700 } })
  })

  it('reads an index, not the rows', () => {
    for (const table of ['messages', 'takes']) {
      const [plan] = db
        .prepare(`EXPLAIN QUERY PLAN SELECT count(*), sum(size) FROM ${table} WHERE size IS NOT NULL`)
        .all() as { detail: string }[]
      expect(plan?.detail).toContain(`COVERING INDEX ${table}_sizes`)
    }
  })
})

describe('the next unplayed message', () => {
  it('is the one below in the history, and from the top again after the last', () => {
    const at = (sentAt: number, state: MessageState = { phase: 'unplayed' }) => {
      const id = message(state, { call: unansweredCall(db, `${randomUUID()}@nearby.invalid`) })
      db.prepare('UPDATE messages SET sent_at = ? WHERE id = ?').run(sentAt, id)
      return { id, callId: findMessage(db, id)?.message.callId }
    }
    const [oldest, , middle, newest] = [at(1_000), at(1_500, played(1)), at(2_000), at(3_000)]
    const next = (id: string) => keeping().handlers['messages/nextUnplayed']({ messageId: id })
    expect(next(newest.id)).toEqual({ callId: middle.callId })
    expect(next(middle.id)).toEqual({ callId: oldest.callId })
    expect(next(oldest.id)).toEqual({ callId: newest.callId })
    db.prepare("UPDATE messages SET phase = 'played' WHERE id <> ?").run(oldest.id)
    expect(next(oldest.id)).toBeNull()
  })
})
