import type { Database } from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { createHistory } from '../../../main/history/historyService'
import { silentLog } from '../../../main/log'
import { senderOfRemoved } from '../../../main/messages/keepStore'
import { findMessage } from '../../../main/messages/messageStore'
import type { HistoryDeletion, HistoryFilter } from '../../../preload/contract/history'
import { callStage } from '../calls/callStage'
import { testDatabase } from '../database/testDatabase'
import { fillHistory } from './historyRows'

type Told = [channel: string, event: unknown]

function historyOn(db: Database) {
  const stage = callStage(db)
  const told: Told[] = []
  const asked: string[] = []
  const note = (what: string) => (messageIds: string[]) => {
    if (messageIds.length > 0) asked.push(`${what} ${messageIds.length}`)
  }
  const history = createHistory({
    db,
    clock: stage.clock,
    log: silentLog,
    publish: (...event) => void told.push([...event]),
    people: stage.people,
    messages: { hold: note('hold'), release: note('release'), forget: async (ids) => note('forget')(ids) },
  })
  const ask = history.handlers
  const shown = async (filter: HistoryFilter = 'all') =>
    (await ask['history/page']({ filter, after: null, limit: 200 })).entries
  const remove = async (what: HistoryDeletion) => ask['history/delete'](what)
  /** Ids of the calls that the windows were told to take away. */
  const removed = () =>
    told.flatMap(([channel, event]) =>
      channel === 'history/removed' ? (event as { callIds: string[] }).callIds : [],
    )
  return { ...stage, history, told, asked: () => asked.splice(0), ask, shown, remove, removed }
}

const count = (db: Database, table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
const A_WHILE_MS = 60_000

function filled(calls = 40) {
  const db = testDatabase()
  fillHistory(db, { people: 4, calls, messages: calls / 2 })
  return db
}

describe('deleting', () => {
  test('hides calls with their messages everywhere, and counts them no more', async () => {
    const db = filled()
    const { shown, remove, history, ask, removed, asked } = historyOn(db)
    const unseen = (await shown()).filter(({ call }) => !call.seen)
    const unplayed = (await shown()).filter(({ messages }) =>
      messages.some(({ state }) => state.phase === 'unplayed'),
    )
    const gone = [...new Set([...unseen, ...unplayed].map(({ call }) => call.id))]
    expect(unplayed.length).toBeGreaterThan(0)
    expect(history.unseen()).not.toEqual({ missedCalls: 0, messages: 0 })

    expect(await remove({ kind: 'calls', callIds: gone })).toMatchObject({ count: gone.length })
    expect(removed().toSorted()).toEqual(gone.toSorted())
    expect(history.unseen()).toEqual({ missedCalls: 0, messages: 0 })
    expect(await shown()).toHaveLength(40 - gone.length)
    for (const filter of ['missed', 'messages', 'outgoing'] as const) {
      const ids = (await shown(filter)).map(({ call }) => call.id)
      expect(ids.filter((id) => gone.includes(id))).toEqual([])
    }
    const [first = ''] = gone
    expect(await ask['history/entry']({ callId: first })).toBeNull()
    expect(history.entry(first)).toBeUndefined()
    expect(asked()).toEqual([expect.stringMatching(/^hold/)])
  })

  test('can be taken back, all of it, until it is too late', async () => {
    const db = filled()
    const { shown, remove, ask, clock, told, asked } = historyOn(db)
    const before = await shown()
    const callIds = before.slice(0, 10).map(({ call }) => call.id)
    const { deletion } = await remove({ kind: 'calls', callIds })
    told.length = 0
    expect(await ask['history/undoDelete']({ deletion })).toEqual({ ok: true, value: null })
    expect(await shown()).toEqual(before)
    const restored = told.find(([channel]) => channel === 'history/restored')?.[1]
    expect(restored).toEqual({ entries: expect.arrayContaining(before.slice(0, 10)) })
    expect(asked().at(-1)).toMatch(/^release/)

    clock.advance(A_WHILE_MS)
    expect(count(db, 'calls')).toBe(40)
    const again = await remove({ kind: 'calls', callIds })
    clock.advance(A_WHILE_MS)
    await expect.poll(() => count(db, 'calls')).toBe(30)
    expect(await ask['history/undoDelete']({ deletion: again.deletion })).toEqual({
      ok: false,
      failure: { kind: 'too-late' },
    })
    expect(asked().at(-1)).toMatch(/^forget/)
  })

  test('of a person takes all of theirs, and nothing of others', async () => {
    const db = filled()
    const { shown, remove } = historyOn(db)
    const personId = (await shown())[0]?.person.id ?? ''
    expect(await remove({ kind: 'person', personId })).toMatchObject({ count: 10 })
    const left = await shown()
    expect(left).toHaveLength(30)
    expect(left.every(({ person }) => person.id !== personId)).toBe(true)
  })

  test('of a list takes what it shows, on pages that nobody loaded too, but for what was left out', async () => {
    const db = filled(2_000)
    const { shown, remove } = historyOn(db)
    const missed = (await shown('missed')).map(({ call }) => call.id)
    const except = missed.slice(0, 3)
    const total = db
      .prepare("SELECT count(*) FROM calls WHERE direction = 'in' AND outcome <> 'answered'")
      .pluck()
      .get() as number
    expect(total).toBeGreaterThan(500)
    expect(await remove({ kind: 'list', filter: 'missed', except })).toMatchObject({ count: total - 3 })
    expect((await shown('missed')).map(({ call }) => call.id)).toEqual(except)
    expect((await shown('outgoing')).length).toBe(200)
  })

  test('of a message leaves its call', async () => {
    const db = filled()
    const { shown, remove, ask, clock, told, asked } = historyOn(db)
    const [entry] = await shown('messages')
    const messageId = entry?.messages[0]?.id ?? ''
    const { deletion } = await remove({ kind: 'message', messageId })
    expect(told).toContainEqual(['history/changed', { ...entry, messages: [] }])
    expect(await ask['history/entry']({ callId: entry?.call.id ?? '' })).toMatchObject({ messages: [] })
    await ask['history/undoDelete']({ deletion })
    expect(await ask['history/entry']({ callId: entry?.call.id ?? '' })).toEqual(entry)

    await remove({ kind: 'message', messageId })
    clock.advance(A_WHILE_MS)
    await expect.poll(() => findMessage(db, messageId)).toBeNull()
    expect(asked().at(-1)).toBe('forget 1')
    expect(count(db, 'calls')).toBe(40)
    expect(await remove({ kind: 'message', messageId })).toMatchObject({ count: 0 })
  })

  test('leaves a call that runs', async () => {
    const { stageCall, remove, shown } = withRunningCall()
    const callId = stageCall()
    expect(await remove({ kind: 'calls', callIds: [callId] })).toMatchObject({ count: 0 })
    expect((await shown()).map(({ call }) => call.id)).toContain(callId)
  })

  function withRunningCall() {
    const db = filled()
    const on = historyOn(db)
    return {
      ...on,
      stageCall() {
        db.exec(
          "UPDATE calls SET phase = 'ringing', outcome = NULL, ended_at = NULL WHERE id = (SELECT min(id) FROM calls)",
        )
        return db.prepare("SELECT id FROM calls WHERE phase = 'ringing'").pluck().get() as string
      },
    }
  }

  test('two deletions at one moment are undone one by one', async () => {
    const { shown, remove, ask } = historyOn(filled())
    const [one, two] = (await shown()).map(({ call }) => call.id)
    const first = await remove({ kind: 'calls', callIds: [one ?? ''] })
    const second = await remove({ kind: 'calls', callIds: [two ?? ''] })
    expect(second.deletion).not.toBe(first.deletion)
    await ask['history/undoDelete']({ deletion: first.deletion })
    const ids = (await shown()).map(({ call }) => call.id)
    expect([ids.includes(one ?? ''), ids.includes(two ?? '')]).toEqual([true, false])
  })
})

describe('deleting for good', () => {
  test('happens at the next start for what was deleted before the app ended', async () => {
    const db = filled()
    const first = historyOn(db)
    const callIds = (await first.shown('messages')).slice(0, 5).map(({ call }) => call.id)
    await first.remove({ kind: 'calls', callIds })
    await first.history.stop()
    expect(count(db, 'calls')).toBe(40)

    const second = historyOn(db)
    second.history.start()
    await expect.poll(() => count(db, 'calls')).toBe(35)
    await second.history.stop()
    expect(second.asked()).toEqual(['forget 5'])
  })

  test('never takes an unsent take along', async () => {
    const db = filled()
    const { shown, remove, clock, history } = historyOn(db)
    const callIds = (await shown('outgoing')).slice(0, 2).map(({ call }) => call.id)
    db.prepare(
      "INSERT INTO takes (id, call_id, kind, mime_type, phase, started_at) VALUES ('take', ?, 'audio', 'audio/mp4', 'ready', 1)",
    ).run(callIds[0])
    await remove({ kind: 'calls', callIds })
    clock.advance(A_WHILE_MS)
    await expect.poll(() => count(db, 'calls')).toBe(39)
    expect(count(db, 'takes')).toBe(1)
    expect((await shown()).some(({ call }) => callIds.includes(call.id))).toBe(false)
    await history.stop()
  })

  test('is remembered: whoever sends the message again is known', async () => {
    const db = filled()
    db.exec("UPDATE messages SET sender = 'ana@x' WHERE direction = 'in'")
    const { shown, remove, clock } = historyOn(db)
    const entry = (await shown('messages')).find(({ call }) => call.direction === 'in')
    const messageId = entry?.messages[0]?.id ?? ''
    expect(senderOfRemoved(db, messageId)).toBeUndefined()
    await remove({ kind: 'calls', callIds: [entry?.call.id ?? ''] })
    clock.advance(A_WHILE_MS)
    await expect.poll(() => senderOfRemoved(db, messageId)).toBe('ana@x')
  })
})

test('20,000 calls can be deleted and brought back, the event loop turning all the while', async () => {
  const db = testDatabase()
  fillHistory(db, { people: 200, calls: 20_000, messages: 1_000 })
  const { remove, ask, shown } = historyOn(db)
  let turns = 0
  let counting = true
  const count = () => {
    turns++
    if (counting) setImmediate(count)
  }
  setImmediate(count)
  const { deletion, count: deleted } = await remove({ kind: 'list', filter: 'all', except: [] })
  expect(deleted).toBe(20_000)
  expect(await shown()).toEqual([])
  expect(turns).toBeGreaterThan(90)
  await ask['history/undoDelete']({ deletion })
  counting = false
  expect(await shown()).toHaveLength(200)
  expect(turns).toBeGreaterThan(180)
})
