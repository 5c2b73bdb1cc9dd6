import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../../main/log'
import { createPeople, type People } from '../../../main/people/peopleService'
import type { PeopleEvents, PeoplePage, Person } from '../../../preload/contract/people'
import { failed, ok, type Result } from '../../../preload/contract/result'
import { defaultSettings } from '../../../preload/contract/settings'
import { heldClock } from '../calls/heldClock'
import { addressOf, OURS, recordingNetwork } from '../calls/recordingNetwork'
import { testDatabase } from '../database/testDatabase'

const [bob, desk, carol, dave] = ['b', 'd', 'c', 'e'].map(addressOf) as [string, string, string, string]

let db: Database
let people: People
let recorded: ReturnType<typeof recordingNetwork>
let published: [channel: keyof PeopleEvents, event: unknown][]
const clock = heldClock()

beforeEach(() => {
  db = testDatabase()
  recorded = recordingNetwork()
  published = []
  people = createPeople({
    db,
    clock,
    log: silentLog,
    publish: (...event) => {
      published.push([...event])
    },
    network: () => recorded.network,
    invite: {
      format: () => 'aftertone:us',
      parse: (link) =>
        link.startsWith('aftertone:')
          ? ok({ address: link.slice(10), name: '', endpoint: '127.0.0.1:4711' })
          : failed({ kind: 'invite-malformed' }),
      referTo: ({ address }) => `aftertone:${address}`,
      numberOf: (address) =>
        address.endsWith('@nearby.invalid') ? `00000${address.charCodeAt(0) % 10}` : null,
    },
    settings: { get: () => defaultSettings },
    requestsAnswered() {},
  })
})

type Handlers = People['handlers']
const ask = <Channel extends keyof Handlers>(channel: Channel, ...input: Parameters<Handlers[Channel]>) =>
  // A handler's own input, which a generic call can't show to the compiler; all of these answer at once.
  (people.handlers[channel] as (...all: unknown[]) => unknown)(...input) as Awaited<
    ReturnType<Handlers[Channel]>
  >

function added(address: string, name: string): Person {
  const result = ask('people/add', { address, name }) as Result<Person, { kind: string }>
  if (!result.ok) throw new Error(result.failure.kind)
  return result.value
}

const addressesOf = (personId: string) =>
  ask('people/find', { personId })?.addresses.map(({ address }) => address)

function call(personId: string, outcome: string | null = 'unanswered', direction = 'in'): string {
  const id = randomUUID()
  clock.advance(1)
  db.prepare(
    `INSERT INTO calls (id, person_id, direction, media, started_at, phase, ended_at, outcome, seen, late)
     VALUES (?, ?, ?, 'audio', ?, 'ended', ?, ?, 1, 0)`,
  ).run(id, personId, direction, clock.now(), clock.now(), outcome)
  return id
}

describe('several addresses of one person', () => {
  test('the one that can be reached is called, else the first', () => {
    const { id } = added(bob, 'Bob')
    expect(ask('people/addAddress', { personId: id, text: ` ${desk.toUpperCase()} ` })).toMatchObject({
      ok: true,
    })
    expect(addressesOf(id)).toEqual([bob, desk])
    expect(people.person(id)).toMatchObject({ address: bob, reachable: false })
    recorded.setPeer({ address: desk })
    expect(people.person(id)).toMatchObject({ address: desk, reachable: true })
    recorded.setPeer({ address: bob })
    expect(people.person(id)).toMatchObject({ address: bob, reachable: true })
    expect(people.contacts().map(({ address }) => address)).toEqual([bob, desk])
    expect(recorded.said().at(-1)).toEqual(['addContact', { address: desk, endpoint: null }])
  })

  test('an invite link is an address that says where to try', () => {
    const { id } = added(bob, 'Bob')
    ask('people/addAddress', { personId: id, text: `aftertone:${desk}` })
    expect(people.contacts()[1]).toEqual({ address: desk, endpoint: '127.0.0.1:4711' })
  })

  test('each is verified by itself', () => {
    const { id } = added(bob, 'Bob')
    ask('people/verify', { personId: id, address: bob })
    ask('people/addAddress', { personId: id, text: desk })
    recorded.setPeer({ address: desk })
    expect(people.person(id)).toMatchObject({ address: desk, verified: false })
    expect(ask('people/verify', { personId: id, address: carol })).toMatchObject({
      failure: { kind: 'person-unknown' },
    })
    expect(ask('people/find', { personId: id })?.addresses.map(({ verified }) => verified)).toEqual([
      true,
      false,
    ])
  })

  test('what was told at the address that is called is what they take', () => {
    const { id } = added(bob, 'Bob')
    ask('people/addAddress', { personId: id, text: desk })
    const accepts = { video: 9, audio: 0, text: false, note: '' }
    people.rememberAccepts(desk, accepts)
    expect(people.acceptsOf(id)).toBeNull()
    recorded.setPeer({ address: desk })
    expect(people.acceptsOf(id)).toEqual(accepts)
    expect(ask('people/find', { personId: id })?.accepts).toEqual(accepts)
  })

  test('one can be taken away, the last one not', () => {
    const { id } = added(bob, 'Bob')
    expect(ask('people/removeAddress', { personId: id, address: bob })).toEqual({
      ok: false,
      failure: { kind: 'last-address' },
    })
    ask('people/addAddress', { personId: id, text: desk })
    expect(ask('people/removeAddress', { personId: id, address: carol })).toMatchObject({ ok: false })
    expect(ask('people/removeAddress', { personId: id, address: bob })).toMatchObject({
      value: { address: desk },
    })
    expect(people.personAt(bob, 'bobby').id).not.toBe(id)
  })

  test.each([
    ['own-address', OURS],
    ['invite-malformed', 'nonsense'],
    ['invite-malformed', ''],
  ])('%s', (kind, text) => {
    const { id } = added(bob, 'Bob')
    expect(ask('people/addAddress', { personId: id, text })).toEqual({ ok: false, failure: { kind } })
    expect(addressesOf(id)).toEqual([bob])
  })

  test('an address that somebody has is refused, and says who', () => {
    const { id } = added(bob, 'Bob')
    const other = added(carol, 'Carol')
    for (const [text, owner] of [
      [carol, other],
      [bob, { id, name: 'Bob' }],
    ] as const) {
      expect(ask('people/addAddress', { personId: id, text })).toEqual({
        ok: false,
        failure: { kind: 'already-contact', personId: owner.id, name: owner.name },
      })
    }
    db.prepare('UPDATE people SET blocked_at = 1 WHERE id = ?').run(people.personAt(dave, 'Dave').id)
    expect(ask('people/addAddress', { personId: id, text: dave })).toMatchObject({
      failure: { kind: 'address-blocked', name: 'Dave' },
    })
    expect(addressesOf(id)).toEqual([bob])
  })
})

describe('an address of somebody who only called', () => {
  test('makes both one person, with all calls and messages', () => {
    const stranger = people.personAt(desk, 'PC-4711')
    ask('people/verify', { personId: stranger.id, address: desk })
    const theirs = call(stranger.id)
    db.prepare(
      `INSERT INTO messages (id, call_id, person_id, direction, kind, sent_at, text, phase)
       VALUES ('m', ?, ?, 'in', 'text', 1, 'Hello', 'unplayed')`,
    ).run(theirs, stranger.id)
    const { id } = added(bob, 'Bob')
    const own = call(id)
    published.length = 0

    expect(ask('people/addAddress', { personId: id, text: desk })).toMatchObject({
      value: { id, name: 'Bob' },
    })
    expect(people.person(stranger.id)).toBeNull()
    expect(addressesOf(id)).toEqual([bob, desk])
    const owners = db.prepare('SELECT id, person_id FROM calls').all()
    expect(owners).toHaveLength(2)
    expect(owners).toEqual(
      expect.arrayContaining([
        { id: own, person_id: id },
        { id: theirs, person_id: id },
      ]),
    )
    expect(db.prepare('SELECT person_id FROM messages').pluck().all()).toEqual([id])
    expect(published).toContainEqual(['people/merged', { from: stranger.id, into: id }])
    expect(recorded.said().at(-1)).toEqual(['addContact', { address: desk, endpoint: null }])
    expect(db.pragma('foreign_key_check')).toEqual([])
  })
})

describe('removing a contact', () => {
  test('keeps the history and makes them a stranger again', () => {
    const { id } = added(bob, 'Bob')
    ask('people/verify', { personId: id, address: bob })
    const once = call(id, 'answered')
    call(id, 'answered')
    expect(ask('people/remove', { personId: id })).toMatchObject({
      value: { id, name: 'Bob', contact: false, verified: false },
    })
    expect(people.contacts()).toEqual([])
    expect(ask('people/page', { query: '', after: null, limit: 10 })).toEqual({
      people: [],
      next: null,
      count: 0,
    })
    expect(db.prepare('SELECT person_id FROM calls WHERE id = ?').pluck().get(once)).toBe(id)
    expect(ask('people/suggested')).toEqual([])
    expect(ask('people/remove', { personId: randomUUID() })).toMatchObject({ ok: false })
  })
})

describe('names', () => {
  test.each([
    ['an emoji', '👩‍👧‍👦 Ana 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['right to left', 'نور الدين בן'],
    ['500 characters', 'ñ'.repeat(500)],
    ['markup', '<b onclick="x">Ana</b> & "co" \\ %_*'],
  ])('%s are kept whole', (_, name) => {
    const { id } = added(bob, 'Bob')
    expect(ask('people/rename', { personId: id, name })).toMatchObject({ ok: true, value: { name } })
    expect(ask('people/page', { query: name, after: null, limit: 10 }).people).toMatchObject([{ id }])
  })

  test('that cannot be seen fall back to the address', () => {
    const { id } = added('bob@example.org', '\u202e\u200b')
    expect(people.person(id)?.name).toBe('bob@example.org')
    expect(ask('people/rename', { personId: randomUUID(), name: 'x' })).toMatchObject({ ok: false })
  })
})

describe('the list of contacts', () => {
  const names = (page: PeoplePage) => page.people.map(({ name }) => name)
  const search = (query: string) => names(ask('people/page', { query, after: null, limit: 200 }))

  test('goes by name whatever its case and accents, a page at a time', () => {
    const all = ['ana', 'Ánna', 'Bob', 'bob', 'Émile', 'eve', 'Zoë', '山田']
    for (const [index, name] of [...all].reverse().entries()) added(`${index}@example.org`, name)
    people.personAt(carol, 'Carol who only called')
    const seen: string[] = []
    let after: PeoplePage['next'] = null
    do {
      const page: PeoplePage = ask('people/page', { query: '', after, limit: 3 })
      expect(page.count).toBe(8)
      seen.push(...names(page))
      after = page.next
    } while (after)
    expect(seen.map((name) => name.toLowerCase())).toEqual(all.map((name) => name.toLowerCase()))
  })

  test.each([
    ['ana', ['Ana Ruiz', 'Mariana']],
    ['RUIZ an', ['Ana Ruiz']],
    ['zoe', ['Zoë']],
    ['Zoë', ['Zoë']],
    ['田太', ['山田太郎']],
    ['a b c d e f', []],
    ['"', ['"Q" 100%_*']],
    ['*', ['"Q" 100%_*']],
    ['%', ['"Q" 100%_*']],
    ["' OR 1=1 --", []],
    ['  ', ['"Q" 100%_*', 'Ana Ruiz', 'Mariana', 'Zoë', '山田太郎']],
  ])('searched for %j gives %j', (query, found) => {
    for (const [index, name] of ['Ana Ruiz', 'Mariana', 'Zoë', '山田太郎', '"Q" 100%_*'].entries()) {
      added(`${index}@example.org`, name)
    }
    expect(search(query)).toEqual(found)
  })
})

describe('suggested people', () => {
  const suggested = () => ask('people/suggested').map(({ person, reason }) => [person.name, reason])

  test('were answered twice, until they are removed, and again when it is earned again', () => {
    const { id } = people.personAt(bob, 'Bob')
    call(id, 'answered')
    call(id, 'unanswered')
    expect(suggested()).toEqual([])
    call(id, 'answered', 'out')
    expect(suggested()).toEqual([['Bob', 'answered']])
    expect(ask('people/find', { personId: id })?.suggested).toBe(true)
    ask('people/dismissSuggestion', { personId: id, never: false })
    call(id, 'answered')
    expect(suggested()).toEqual([])
    call(id, 'answered')
    expect(suggested()).toEqual([['Bob', 'answered']])
  })

  test('never means never', () => {
    const { id } = people.personAt(bob, 'Bob')
    ask('people/dismissSuggestion', { personId: id, never: true })
    for (let i = 0; i < 5; i++) call(id, 'answered')
    expect(suggested()).toEqual([])
  })

  test('are neither contacts nor blocked', () => {
    for (const [address, name] of [
      [bob, 'Bob'],
      [carol, 'Carol'],
    ] as const) {
      const { id } = people.personAt(address, name)
      call(id, 'answered')
      call(id, 'answered')
    }
    added(bob, 'Bob')
    ask('people/setBlocked', { personId: people.personAt(carol, '').id, blocked: true })
    expect(suggested()).toEqual([])
  })
})
