import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../../main/clock'
import { openDatabase } from '../../../main/database/openDatabase'
import { createHistory } from '../../../main/history/historyService'
import { silentLog } from '../../../main/log'
import type { AllEvents } from '../../../preload/contract'
import {
  type HistoryCursor,
  type HistoryEntry,
  type HistoryFilter,
  type HistoryPage,
  historyFilter,
} from '../../../preload/contract/history'
import { callStage } from '../calls/callStage'
import { addressOf } from '../calls/recordingNetwork'
import { testDatabase, testFolder } from '../database/testDatabase'
import { fillHistory } from './historyRows'

type Event = [channel: keyof AllEvents, event: unknown]

function historyOn(db: Database) {
  const stage = callStage(db)
  const published: Event[] = []
  const history = createHistory({
    db,
    clock: stage.clock,
    log: silentLog,
    messages: { hold() {}, release() {}, async forget() {} },
    publish: (...event) => {
      published.push([...event])
    },
    people: stage.people,
  })
  const page = (filter: HistoryFilter, after: HistoryCursor | null, limit: number): HistoryPage => {
    const answer = history.handlers['history/page']({ filter, after, limit })
    if (answer instanceof Promise) throw new Error('a page is read at once')
    return answer
  }
  const everyPage = (filter: HistoryFilter, limit: number): HistoryEntry[] => {
    const entries: HistoryEntry[] = []
    for (let after: HistoryCursor | null = null; ; ) {
      const { entries: more, next } = page(filter, after, limit)
      entries.push(...more)
      if (!next) return entries
      after = next
    }
  }
  return { stage, history, published: () => published.splice(0), page, everyPage }
}

describe('a history of 100,000 calls', () => {
  test('is read page by page, each call once, newest first, with its messages', () => {
    const db = testDatabase()
    fillHistory(db, { people: 200, calls: 100_000, messages: 5_000 })
    const { everyPage, history } = historyOn(db)

    const inOrder = (where: string) =>
      db.prepare(`SELECT id FROM calls WHERE ${where} ORDER BY started_at DESC, id DESC`).pluck().all()
    const all = everyPage('all', 200)
    expect(all.map(({ call }) => call.id)).toEqual(inOrder('true'))
    expect(all.every(({ call, person }) => person.id === call.personId)).toBe(true)
    const messages = all.flatMap((entry) => entry.messages.map((message) => [entry.call.id, message.callId]))
    expect(messages).toHaveLength(5_000)
    expect(messages.every(([call, messageOf]) => call === messageOf)).toBe(true)

    const missed = everyPage('missed', 137)
    expect(missed.length).toBeGreaterThan(10_000)
    expect(missed.map(({ call }) => call.id)).toEqual(inOrder("direction = 'in' AND outcome <> 'answered'"))

    expect(history.unseen()).toEqual({
      missedCalls: db
        .prepare("SELECT count(*) FROM calls WHERE direction = 'in' AND outcome <> 'answered' AND NOT seen")
        .pluck()
        .get(),
      messages: db
        .prepare("SELECT count(*) FROM messages WHERE direction = 'in' AND phase = 'unplayed'")
        .pluck()
        .get(),
    })
    expect(history.unseen().missedCalls).toBeGreaterThan(100)
    expect(history.unseen().messages).toBeGreaterThan(100)
  })
})

describe('pages', () => {
  test('an empty history is one empty page', () => {
    const { page, history } = historyOn(testDatabase())
    expect(page('all', null, 50)).toEqual({ entries: [], next: null })
    expect(history.unseen()).toEqual({ missedCalls: 0, messages: 0 })
  })

  test('a last page that is exactly full is the last', () => {
    const db = testDatabase()
    fillHistory(db, { people: 2, calls: 20, messages: 4 })
    const { page } = historyOn(db)
    const first = page('all', null, 10)
    expect(first.entries).toHaveLength(10)
    const second = page('all', first.next, 10)
    expect(second.entries).toHaveLength(10)
    expect(second.next).toBeNull()
  })

  test('a call that comes in between two pages moves nothing', () => {
    const db = testDatabase()
    fillHistory(db, { people: 2, calls: 20, messages: 4 })
    const { page, stage } = historyOn(db)
    const first = page('all', null, 10)
    const before = page('all', first.next, 10)
    stage.calls.hear(ring('7d3e7c43-2f5b-4f0c-9d28-9c4ff5b7b9ad'))
    expect(page('all', first.next, 10)).toEqual(before)
  })

  test('a thread is one person, newest first, and not without end', () => {
    const db = testDatabase()
    fillHistory(db, { people: 2, calls: 600, messages: 40 })
    const { page, history } = historyOn(db)
    const personId = page('all', null, 1).entries[0]?.person.id ?? ''
    const thread = history.handlers['history/thread']({ personId }) as HistoryEntry[]
    expect(thread).toHaveLength(200)
    expect(new Set(thread.map(({ person }) => person.id))).toEqual(new Set([personId]))
    const times = thread.map(({ call }) => call.startedAt)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
  })

  test('a damaged column costs that value only', () => {
    const db = testDatabase()
    fillHistory(db, { people: 1, calls: 3, messages: 1 })
    db.prepare("UPDATE calls SET accepts = '{broken'").run()
    db.prepare("UPDATE addresses SET accepts = '[]'").run()
    const { page } = historyOn(db)
    expect(page('all', null, 50).entries.map(({ call }) => call.state)).toEqual(
      Array(3).fill(expect.objectContaining({ phase: 'ended', accepts: null })),
    )
  })
})

const ring = (callId: string) =>
  ({
    type: 'call',
    callId,
    from: addressOf('b'),
    name: 'Bob',
    media: 'audio',
    at: 1_690_000_000_000,
    live: false,
    ringSeconds: null,
  }) as const

describe('what changed', () => {
  test('is told with its entry, and the count only when it changed', () => {
    const { stage, history, published } = historyOn(testDatabase())
    const callId = '7d3e7c43-2f5b-4f0c-9d28-9c4ff5b7b9ad'
    stage.calls.hear(ring(callId))
    history.changed(callId)
    expect(published()).toEqual([
      ['history/changed', history.entry(callId)],
      ['history/unseenChanged', { missedCalls: 1, messages: 0 }],
      [
        'history/filtersChanged',
        expect.arrayContaining([
          { filter: 'missed', unseen: 1 },
          { filter: 'unknown', unseen: 1 },
        ]),
      ],
    ])
    expect(history.entry(callId)).toMatchObject({
      call: { id: callId },
      person: { name: 'Bob' },
      messages: [],
    })

    history.changed(callId)
    expect(published()).toEqual([['history/changed', history.entry(callId)]])

    stage.calls.handlers['calls/markSeen']({ callId })
    history.changed(callId)
    expect(published()).toContainEqual(['history/unseenChanged', { missedCalls: 0, messages: 0 }])
  })

  test('of a call that is gone nothing is told', () => {
    const { history, published } = historyOn(testDatabase())
    history.changed('7d3e7c43-2f5b-4f0c-9d28-9c4ff5b7b9ad')
    expect(published()).toEqual([])
    expect(history.entry('7d3e7c43-2f5b-4f0c-9d28-9c4ff5b7b9ad')).toBeUndefined()
  })
})

describe('what SQLite does for it', () => {
  /** A database whose statements are written down as they run. */
  function watched() {
    const file = join(testFolder(), 'aftertone.db')
    const opened = openDatabase({ file, clock: systemClock, log: silentLog })
    if (!opened.ok) throw new Error(opened.failure.kind)
    fillHistory(opened.value.db, { people: 20, calls: 2_000, messages: 200 })
    opened.value.close()
    const statements: string[] = []
    const db = new Sqlite(file, { verbose: (statement) => statements.push(String(statement)) })
    onTestFinished(() => {
      db.close()
    })
    const service = historyOn(db)
    const during = (run: () => void): string[] => {
      statements.length = 0
      run()
      return statements.slice()
    }
    const plansOf = (statements: string[]) =>
      statements.map((statement) =>
        db
          .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${statement}`)
          .all()
          .map(({ detail }) => detail),
      )
    return { ...service, during, plansOf }
  }

  test('four statements a page, whatever its length', () => {
    const { page, history, during } = watched()
    for (const limit of [1, 50, 200]) expect(during(() => page('all', null, limit))).toHaveLength(4)
    const personId = page('all', null, 1).entries[0]?.person.id ?? ''
    expect(during(() => history.handlers['history/thread']({ personId }))).toHaveLength(4)
  })

  test('each list walks an index, sorts no calls and scans no table', () => {
    const { page, history, during, plansOf, stage } = watched()
    const after = page('all', null, 50).next
    const personId = page('all', null, 1).entries[0]?.person.id ?? ''
    const fromEnd = (filter: HistoryFilter) =>
      history.handlers['history/page']({ filter, after: null, towards: 'newer', limit: 50 })
    const expected: [run: () => void, index: string][] = [
      [() => page('all', null, 50), 'USING INDEX calls_newest_first'],
      [() => page('all', after, 50), 'USING INDEX calls_newest_first'],
      [() => page('missed', null, 50), 'USING INDEX calls_missed'],
      [() => page('missed', after, 50), 'USING INDEX calls_missed'],
      [() => page('messages', after, 50), 'USING INDEX calls_with_messages'],
      [() => page('video', after, 50), 'USING INDEX calls_with_video'],
      [() => page('audio', after, 50), 'USING INDEX calls_with_audio'],
      [() => page('notes', after, 50), 'USING INDEX calls_with_notes'],
      [() => page('outgoing', after, 50), 'USING INDEX calls_outgoing'],
      [() => page('unknown', after, 50), 'USING INDEX calls_of_strangers'],
      [() => fromEnd('all'), 'USING INDEX calls_newest_first'],
      [() => fromEnd('notes'), 'USING INDEX calls_with_notes'],
      [() => history.handlers['history/thread']({ personId }), 'USING INDEX calls_by_person'],
      [() => history.unseen(), 'USING COVERING INDEX calls_unseen'],
      [() => stage.calls.start(), 'calls_open'],
    ]
    for (const [run, index] of expected) {
      const plans = plansOf(during(run))
      expect(plans.flat().join('\n')).toContain(index)
      const [calls = []] = plans
      expect(calls.filter((step) => /TEMP B-TREE/.test(step))).toEqual([])
      for (const step of plans.flat()) expect(step).not.toMatch(/^SCAN \w+$/)
    }
    // What a search finds is gathered by indexes; only so much as a page holds is sorted.
    for (const filter of historyFilter.options) {
      const search = () => history.handlers['history/page']({ filter, search: 'person 1', after, limit: 50 })
      const [plan = []] = plansOf(during(() => void search()))
      expect(plan.join('\n')).toMatch(/VIRTUAL TABLE INDEX/)
      expect(plan.join('\n')).toMatch(/USING (COVERING )?INDEX calls_by_(person|stranger)/)
      for (const step of plan) expect(step).not.toMatch(/^SCAN (calls|own|messages|people|searchable)\b/)
    }
    const [people, messages] = plansOf(during(() => page('all', null, 50))).slice(1)
    expect(people?.join('\n')).toContain('sqlite_autoindex_people_1')
    expect(messages?.join('\n')).toContain('messages_by_call')
    expect(
      plansOf(during(() => history.unseen()))
        .flat()
        .join('\n'),
    ).toContain('messages_unplayed')
  })
})
