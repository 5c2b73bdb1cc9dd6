import type { Database } from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { insertCall } from '../../../main/calls/callStore'
import { callPage } from '../../../main/history/historyLists'
import { insertMessage } from '../../../main/messages/messageStore'
import { insertPerson } from '../../../main/people/peopleStore'
import { type HistoryCursor, type HistoryFilter, historyFilter } from '../../../preload/contract/history'
import { testDatabase } from '../database/testDatabase'
import { fillHistory } from './historyRows'

const filters = historyFilter.options

/** Every page of a list, one after the other, as ids in the order of the list. */
function everyPage(
  db: Database,
  list: { filter: HistoryFilter; search?: string; towards?: 'older' | 'newer'; limit: number },
): string[] {
  const ids: string[] = []
  for (let after: HistoryCursor | null = null; ; ) {
    const page = callPage(db, { ...list, after })
    if (list.towards === 'newer') ids.unshift(...page.map(({ id }) => id))
    else ids.push(...page.map(({ id }) => id))
    const last = list.towards === 'newer' ? page[0] : page.at(-1)
    if (page.length < list.limit || !last) return ids
    after = { startedAt: last.startedAt, callId: last.id }
  }
}

/** The same asked in the plainest way, of the tables themselves. */
const plainly: Record<HistoryFilter, string> = {
  all: 'true',
  missed: "direction = 'in' AND outcome <> 'answered'",
  messages: 'id IN (SELECT call_id FROM messages WHERE deleted_at IS NULL)',
  video: "id IN (SELECT call_id FROM messages WHERE kind = 'video' AND deleted_at IS NULL)",
  audio: "id IN (SELECT call_id FROM messages WHERE kind = 'audio' AND deleted_at IS NULL)",
  notes: "id IN (SELECT call_id FROM messages WHERE kind = 'text' AND deleted_at IS NULL)",
  outgoing: "direction = 'out'",
  unknown: "direction = 'in' AND person_id IN (SELECT id FROM people WHERE contact_since IS NULL)",
}
const idsWhere = (db: Database, where: string) =>
  db
    .prepare(`SELECT id FROM calls WHERE deleted_at IS NULL AND ${where} ORDER BY started_at DESC, id DESC`)
    .pluck()
    .all()

describe('a history of 100,000 calls', () => {
  const db = () => {
    const filled = testDatabase()
    fillHistory(filled, { people: 200, calls: 100_000, messages: 5_000 })
    // Some are deleted, calls and single messages.
    filled.exec('UPDATE calls SET deleted_at = 1 WHERE rowid % 97 = 0')
    filled.exec('UPDATE messages SET deleted_at = 1 WHERE rowid % 11 = 0')
    return filled
  }

  test('is filtered and searched right, from both ends, to the last page', () => {
    const filled = db()
    for (const filter of filters) {
      const expected = idsWhere(filled, plainly[filter])
      expect(expected.length, filter).toBeGreaterThan(500)
      expect(everyPage(filled, { filter, limit: 1_000 }), filter).toEqual(expected)
      expect(everyPage(filled, { filter, towards: 'newer', limit: 1_000 }), filter).toEqual(expected)
    }
    const searches: [search: string, where: string][] = [
      ['person 17', "person_id IN (SELECT id FROM people WHERE name LIKE 'Person 17%')"],
      ['PERSON5@example.ORG', "person_id IN (SELECT id FROM people WHERE name = 'Person 5')"],
      ['note 12', "id IN (SELECT call_id FROM messages WHERE text LIKE 'Note 12%' AND deleted_at IS NULL)"],
      ['nobody', 'false'],
    ]
    for (const [search, where] of searches) {
      for (const filter of filters) {
        const expected = idsWhere(filled, `${plainly[filter]} AND ${where}`)
        const list = { filter, search, limit: 100 }
        expect(everyPage(filled, list), `${search} in ${filter}`).toEqual(expected)
        expect(everyPage(filled, { ...list, towards: 'newer' }), `${search} in ${filter}`).toEqual(expected)
      }
    }
  })
})

describe('searching', () => {
  let made = 0
  /** One call with somebody of this name, and a note if there is one. */
  function callWith(db: Database, { name = 'Somebody', address = `${made}@x.org`, note = '' }): string {
    const personId = crypto.randomUUID()
    const id = crypto.randomUUID()
    insertPerson(db, { id: personId, name, address })
    insertCall(db, {
      id,
      personId,
      direction: 'in',
      media: 'audio',
      startedAt: 1_000 + made++,
      state: { phase: 'ended', outcome: 'unanswered', at: 5_000, talkedMs: 0, accepts: null },
      seen: true,
      late: false,
    })
    if (note === '') return id
    insertMessage(db, {
      message: {
        id: crypto.randomUUID(),
        callId: id,
        personId,
        direction: 'in',
        sentAt: 2_000,
        content: { kind: 'text', text: note },
        state: { phase: 'played', at: 3_000 },
        kept: false,
      },
      sha256: null,
      sender: null,
      source: null,
    })
    return id
  }
  const found = (db: Database, search: string) =>
    callPage(db, { filter: 'all', search, after: null, limit: 10 }).map(({ id }) => id)

  test.each<
    [what: string, of: { name?: string; address?: string; note?: string }, finds: string[], not: string[]]
  >([
    ['accents', { name: 'Zoë Müller' }, ['zoe', 'ZOE mull', 'müll', 'mu\u0308ller'], ['oe', 'zoem']],
    ['accents as letters of their own', { name: 'Zoe\u0308' }, ['zoe', 'zoë'], ['zo ex']],
    [
      'an address',
      { address: 'ana.ruiz@example.org' },
      ['ana.ruiz@example.org', 'ruiz', 'example'],
      ['xample'],
    ],
    ['Hebrew', { note: 'שלום עולם' }, ['שלום', 'עול'], ['לום']],
    ['Hindi', { note: 'नमस्ते दुनिया' }, ['नमस्ते', 'दुनि'], ['दुनx']],
    ['Chinese, anywhere', { note: '我们明天见面' }, ['明天', '我', '见面 明天'], ['昨天']],
    [
      'Japanese with Latin',
      { note: 'Bobさんへ: カレンダー' },
      ['bobさん', 'カレンダー', 'レンダー'],
      ['evaさん'],
    ],
    ['Thai', { note: 'สวัสดีครับ' }, ['สวัสดี', 'ครับ'], ['ลาก่อน']],
    ['Korean', { name: '김민수' }, ['김민', '김민수'], ['박']],
    ['emoji', { name: '🎉 Party 🎉' }, ['🎉', 'party', '🎉 party'], ['🎂']],
    ['quotes and stars', { note: 'He said "now*"' }, ['"', '*', '"now*"', 'said "now'], ['""', '**', '^']],
    [
      'words that are operators',
      { note: 'NEAR or far AND NOT here' },
      ['NEAR', 'and not', 'OR far'],
      ['NEAR(x y)'],
    ],
    [
      'signs that are operators',
      { note: 'tic-tac' },
      ['tic-tac', '-tac', 'tic -', 'tac)', '(tic'],
      ['words:tic', '{tic}x'],
    ],
    [
      'a nearby key',
      { address: 'abcdefghij@nearby.invalid' },
      ['abcdefgh', 'abcdefghij@nearby.invalid'],
      ['abc', 'nearby', 'invalid'],
    ],
  ])('%s', (_, of, finds, not) => {
    const db = testDatabase()
    const id = callWith(db, of)
    callWith(db, { name: 'Other' })
    for (const search of finds) expect(found(db, search), search).toEqual([id])
    for (const search of not) expect(found(db, search), search).toEqual([])
  })

  test('a long note of any script, and nonsense, break nothing', () => {
    const db = testDatabase()
    const ids = ['я', '한', 'ب', '漢', '🎈', 'ก', '\u0301', '\0'].map((letter) =>
      callWith(db, { name: letter.repeat(500), note: `begin ${letter.repeat(990)}` }),
    )
    expect(found(db, 'begin').toSorted()).toEqual(ids.toSorted())
    for (const search of [
      '"'.repeat(200),
      '* * *',
      '\0',
      'a'.repeat(200),
      '漢'.repeat(200),
      '\u0301',
      "'; DROP TABLE calls",
    ]) {
      expect(() => found(db, search), search).not.toThrow()
    }
  })

  test('spaces are no search', () => {
    const db = testDatabase()
    const id = callWith(db, {})
    expect(found(db, '   ')).toEqual([id])
  })

  test('calls of one moment are paged without a gap', () => {
    const db = testDatabase()
    fillHistory(db, { people: 70, calls: 210, messages: 210 })
    db.exec('UPDATE calls SET started_at = 5; UPDATE searchable SET started_at = 5 WHERE call_id IS NOT NULL')
    for (const search of ['person', 'note', 'p']) {
      const all = idsWhere(
        db,
        search === 'note' ? "id IN (SELECT call_id FROM messages WHERE kind = 'text')" : 'true',
      )
      for (const limit of [7, 50]) {
        expect(everyPage(db, { filter: 'all', search, limit })).toEqual(all)
        expect(everyPage(db, { filter: 'all', search, limit, towards: 'newer' })).toEqual(all)
      }
    }
  })
})
