import { createHash, randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../../main/log'
import { createPeople, type People } from '../../../main/people/peopleService'
import type { PeopleEvents, PeoplePage } from '../../../preload/contract/people'
import { failed, ok } from '../../../preload/contract/result'
import { defaultSettings, type Settings } from '../../../preload/contract/settings'
import { heldClock } from '../calls/heldClock'
import { addressOf, OURS, recordingNetwork } from '../calls/recordingNetwork'
import { testDatabase } from '../database/testDatabase'

const bob = addressOf('b')
const carol = addressOf('c')
const accepts = { video: 60, audio: 120, text: true, note: '' }

const numberOf = (address: string) =>
  address.endsWith('@nearby.invalid') ? createHash('sha256').update(address).digest('hex').slice(0, 6) : null

let db: Database
let people: People
let recorded: ReturnType<typeof recordingNetwork>
let published: [channel: keyof PeopleEvents, event: unknown][]
let settings: Settings

function start(kind: 'nearby' | 'account' = 'nearby'): void {
  recorded = recordingNetwork(kind)
  published = []
  people = createPeople({
    db,
    clock: heldClock(),
    log: silentLog,
    publish: (...event) => {
      published.push([...event])
    },
    network: () => recorded.network,
    invite: {
      format: ({ address, name }) => `aftertone:add?a=${address}&n=${name}`,
      parse: (link) =>
        link.startsWith('aftertone:')
          ? ok({ address: link.slice(10), name: 'Bob', endpoint: '127.0.0.1:4711' })
          : failed({ kind: 'invite-malformed' }),
      referTo: ({ address }) => `xmpp:${address}`,
      numberOf,
    },
    settings: { get: () => settings },
    requestsAnswered() {},
  })
}

beforeEach(() => {
  db = testDatabase()
  settings = { ...defaultSettings, name: 'Zoe' }
  start()
})

// All of these answer at once.
const list = () =>
  (people.handlers['people/page']({ query: '', after: null, limit: 200 }) as PeoplePage).people
const nearby = () => people.handlers['people/nearby']()
const add = (address: string, name = 'Bob') => people.handlers['people/add']({ address, name })

/** A peer appears or changes, as a network tells it. */
function peer(peer: Parameters<typeof recorded.setPeer>[0]): void {
  people.hear({ type: 'peer', peer: recorded.setPeer(peer) })
}

describe('adding somebody', () => {
  test('makes a contact that the network and the next start know', () => {
    const added = add(bob)
    expect(added).toEqual({
      ok: true,
      value: {
        id: expect.any(String),
        name: 'Bob',
        address: bob,
        contact: true,
        verified: false,
        number: numberOf(bob),
        reachable: false,
        blocked: false,
      },
    })
    expect(recorded.said()).toEqual([['addContact', { address: bob, endpoint: null }]])
    expect(published).toContainEqual([
      'people/changed',
      expect.objectContaining({ name: 'Bob', contact: true }),
    ])
    start()
    expect(list()).toEqual([expect.objectContaining({ address: bob, contact: true })])
    expect(people.contacts()).toEqual([{ address: bob, endpoint: null }])
  })

  test('by invite keeps where to find them', () => {
    expect(people.handlers['people/addByInvite']({ link: `aftertone:${bob}` })).toMatchObject({ ok: true })
    expect(recorded.said()).toEqual([['addContact', { address: bob, endpoint: '127.0.0.1:4711' }]])
    expect(people.contacts()).toEqual([{ address: bob, endpoint: '127.0.0.1:4711' }])
  })

  test('again by an invite that says where else to find them', () => {
    add(bob)
    recorded.said()
    for (let i = 0; i < 2; i++) {
      expect(people.handlers['people/addByInvite']({ link: `aftertone:${bob}` })).toMatchObject({
        failure: { kind: 'already-contact' },
      })
    }
    expect(recorded.said()).toEqual([['addContact', { address: bob, endpoint: '127.0.0.1:4711' }]])
    expect(people.contacts()).toEqual([{ address: bob, endpoint: '127.0.0.1:4711' }])
  })

  test('somebody who called before becomes a contact and stays the same person', () => {
    const before = people.personAt(bob, 'bobby')
    expect(before.contact).toBe(false)
    expect(add(` ${bob.toUpperCase()}`)).toMatchObject({
      ok: true,
      value: { id: before.id, name: 'Bob', contact: true },
    })
    expect(list()).toHaveLength(1)
  })

  test.each([
    ['own-address', OURS],
    ['bad-key', 'bob@nearby.invalid'],
    ['bad-key', 'bob'],
  ])('%s', (kind, address) => {
    expect(add(address)).toEqual({ ok: false, failure: { kind } })
    expect(people.handlers['people/addByInvite']({ link: `aftertone:${address}` })).toEqual({
      ok: false,
      failure: { kind },
    })
    expect(list()).toEqual([])
    expect(recorded.said()).toEqual([])
  })

  test('twice', () => {
    const first = add(bob)
    const personId = first instanceof Promise || !first.ok ? '' : first.value.id
    expect(add(bob, 'Robert')).toEqual({
      ok: false,
      failure: { kind: 'already-contact', personId, name: 'Bob' },
    })
    expect(list()).toMatchObject([{ name: 'Bob' }])
  })

  test('with a link that is none', () => {
    expect(people.handlers['people/addByInvite']({ link: 'https://example.org' })).toEqual({
      ok: false,
      failure: { kind: 'invite-malformed' },
    })
  })

  test('our own link carries our name and address', () => {
    expect(people.handlers['people/invite']()).toEqual({ link: `aftertone:add?a=${OURS}&n=Zoe` })
  })

  test('and verifying them stays', () => {
    add(bob)
    const personId = people.personAt(bob, '').id
    expect(people.handlers['people/verify']({ personId, address: bob })).toMatchObject({
      ok: true,
      value: { verified: true },
    })
    expect(people.person(personId)?.verified).toBe(true)
    expect(people.handlers['people/verify']({ personId: randomUUID(), address: bob })).toEqual({
      ok: false,
      failure: { kind: 'person-unknown' },
    })
  })
})

describe('names', () => {
  test('a stranger is called what they call themselves, made safe', () => {
    const person = people.personAt(bob, '\u202eBob\nMissed call')
    expect(person.name).toBe('Bob Missed call')
    peer({ address: bob, name: 'Robert' })
    expect(people.person(person.id)?.name).toBe('Robert')
    expect(people.personAt(bob, 'Rob').name).toBe('Rob')
  })

  test('a contact keeps the name that we gave', () => {
    add(bob, 'My Bob')
    peer({ address: bob, name: 'Carol' })
    people.personAt(bob, 'Carol')
    expect(list()).toMatchObject([{ name: 'My Bob' }])
  })

  test('no name changes none', () => {
    people.personAt(bob, 'Bob')
    peer({ address: bob, name: '' })
    expect(people.personAt(bob, '').name).toBe('Bob')
  })
})

describe('who is near', () => {
  test('comes, goes, and is known once we dealt with them', () => {
    peer({ address: bob, name: 'Bob' })
    const entry = { address: bob, name: 'Bob', number: numberOf(bob), personId: null, contact: false }
    expect(nearby()).toEqual([entry])
    expect(published).toEqual([['people/nearbyChanged', [entry]]])

    const { id } = people.personAt(bob, 'Bob')
    expect(nearby()).toEqual([{ ...entry, personId: id }])
    expect(people.person(id)?.reachable).toBe(true)

    published.length = 0
    peer({ address: bob, name: 'Bob', reachable: false })
    expect(nearby()).toEqual([])
    expect(published).toEqual([
      ['people/changed', expect.objectContaining({ id, reachable: false })],
      ['people/nearbyChanged', []],
    ])
  })

  test('is neither we ourselves nor an account', () => {
    peer({ address: OURS })
    peer({ address: 'bob@example.org' })
    expect(nearby()).toEqual([])
  })

  test('an account may hide whether somebody is there', () => {
    start('account')
    expect(people.personAt('bob@example.org', 'Bob')).toMatchObject({ reachable: null, number: null })
  })
})

describe('what people take and who they are', () => {
  test('what they take is remembered, within bounds, of people we know', () => {
    const { id } = people.personAt(bob, 'Bob')
    expect(people.acceptsOf(id)).toBeNull()
    peer({ address: bob, accepts })
    people.rememberAccepts(carol, accepts)
    expect(people.acceptsOf(id)).toEqual(accepts)
    people.rememberAccepts(bob, { ...accepts, video: -1 })
    expect(people.acceptsOf(id)).toEqual({ ...accepts, video: 0 })
    db.prepare("UPDATE addresses SET accepts = '{'").run()
    expect(people.acceptsOf(id)).toBeNull()
    expect(people.acceptsOf(randomUUID())).toBeNull()
  })

  test('another key in the name of a contact is said; of a stranger it means nothing', () => {
    add(bob)
    people.personAt(carol, 'Carol')
    published.length = 0
    for (const address of [bob, carol, addressOf('d')]) people.hear({ type: 'wrong-key', address })
    expect(published).toEqual([['people/wrongKey', { personId: people.personAt(bob, '').id, name: 'Bob' }]])
  })

  test('several are found at once', () => {
    const ids = [bob, carol].map((address) => people.personAt(address, 'x').id)
    peer({ address: carol, name: 'Carol' })
    const found = people.persons([...ids, randomUUID()])
    expect([...found.values()].map(({ name, reachable }) => [name, reachable]).sort()).toEqual([
      ['Carol', true],
      ['x', false],
    ])
  })
})
