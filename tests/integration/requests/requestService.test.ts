import type { Database } from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../../main/log'
import type { Arrival } from '../../../main/network/network'
import { createRequests, type Requests } from '../../../main/requests/requestService'
import type { Person } from '../../../preload/contract/people'
import type { Request } from '../../../preload/contract/requests'
import { ok } from '../../../preload/contract/result'
import { heldClock } from '../calls/heldClock'
import { addressOf } from '../calls/recordingNetwork'
import { testDatabase } from '../database/testDatabase'

const DAY = 24 * 3_600_000
const bob = addressOf('b')
const carol = addressOf('c')

let db: Database
let clock: ReturnType<typeof heldClock>
let requests: Requests
let published: Request[][]
let answered: unknown[]
let known: Set<string>

const person = (address: string): Person => ({
  id: crypto.randomUUID(),
  name: 'Somebody',
  address,
  contact: true,
  verified: false,
  number: null,
  reachable: true,
  blocked: false,
})

beforeEach(() => {
  db = testDatabase()
  clock = heldClock()
  published = []
  answered = []
  known = new Set()
  requests = createRequests({
    db,
    clock,
    log: silentLog,
    publish: (_, event) => void published.push(event),
    peers: () => [{ address: bob, name: 'Bob\u202e', reachable: true, accepts: null, native: true }],
    people: {
      reach: { mayAsk: (address) => !known.has(address) },
      add: (who) => {
        answered.push(['add', who])
        return ok(person(who.address))
      },
      block: (who) => void answered.push(['block', who]),
    },
    numberOf: () => '123456',
  })
})

const list = () => requests.handlers['requests/list']() as Request[]
const ask = (from: string, name: string) => requests.hear({ type: 'contact-request', from, name })
function note(from: string, text = 'Hello', id: string = crypto.randomUUID()): string {
  requests.keep({ kind: 'note', id, from, callId: crypto.randomUUID(), sentAt: clock.now(), text })
  return id
}
const video = (from: string): Arrival => ({
  kind: 'file',
  id: crypto.randomUUID(),
  from,
  callId: crypto.randomUUID(),
  sentAt: clock.now(),
  source: 'https://nowhere.invalid/m/x',
  file: {
    kind: 'video',
    mimeType: 'video/mp4',
    size: 1_000,
    sha256: '0'.repeat(64),
    durationMs: 24_400,
    width: 640,
    height: 360,
    poster: null,
    waveform: null,
  },
})

describe('what strangers want', () => {
  test('is one card each, the newest first, with a line of each note and the length of each recording', () => {
    ask(bob, 'Bob')
    clock.advance(1_000)
    note(bob, 'Hi\nthere\u0007')
    clock.advance(1_000)
    note(carol, 'x'.repeat(500))
    clock.advance(1_000)
    requests.keep(video(bob))
    expect(list()).toEqual([
      {
        address: bob,
        name: 'Bob',
        number: '123456',
        addedUs: true,
        messages: [
          expect.objectContaining({ kind: 'video', line: '', durationMs: 24_400 }),
          expect.objectContaining({ kind: 'text', line: 'Hi there', durationMs: null }),
        ],
      },
      {
        address: carol,
        name: 'cccccccc',
        number: '123456',
        addedUs: false,
        messages: [expect.objectContaining({ line: 'x'.repeat(120) })],
      },
    ])
    expect(published.at(-1)).toEqual(list())
  })

  test('is kept once, told again and again', () => {
    const id = note(bob)
    note(bob, 'Hello', id)
    ask(carol, 'Carol')
    ask(carol, 'Carol')
    expect(list().map(({ messages, addedUs }) => [messages.length, addedUs])).toEqual([
      [0, true],
      [1, false],
    ])
    expect(published).toHaveLength(2)
  })

  test('is at most 5 of one sender', () => {
    for (let i = 0; i < 6; i++) note(bob, `No. ${i}`)
    expect(list()[0]?.messages.map(({ line }) => line)).toEqual(['No. 4', 'No. 3', 'No. 2', 'No. 1', 'No. 0'])
    note(carol)
    expect(list()).toHaveLength(2)
  })

  test('is at most 50, and one more comes when there is room', () => {
    for (let i = 0; i < 50; i++) ask(`crowd${i}@example.org`, `No. ${i}`)
    const late = note(bob)
    expect(list()).toHaveLength(50)
    expect(list().map(({ address }) => address)).not.toContain(bob)
    requests.handlers['requests/decline']({ address: 'crowd7@example.org' })
    note(bob, 'Hello', late)
    expect(list()).toHaveLength(50)
    expect(list()[0]?.address).toBe(bob)
  })

  test('means nothing of contacts and of the blocked', () => {
    known.add(bob)
    ask(bob, 'Bob')
    expect([list(), published]).toEqual([[], []])
  })

  test('has the name that they have now', () => {
    ask(bob, 'Bob')
    ask(bob, 'Robert')
    expect(list()).toMatchObject([{ name: 'Robert' }])
    expect(published).toHaveLength(2)
  })
})

describe('answering', () => {
  test('accepts whom is there, with the name that they gave', () => {
    ask(bob, 'Bob')
    expect(requests.handlers['requests/accept']({ address: bob })).toMatchObject({ ok: true })
    expect(requests.handlers['requests/accept']({ address: carol })).toEqual({
      ok: false,
      failure: { kind: 'request-gone' },
    })
    expect(answered).toEqual([['add', { address: bob, name: 'Bob' }]])
  })

  test('blocks whom is there', () => {
    note(bob)
    requests.handlers['requests/block']({ address: bob })
    requests.handlers['requests/block']({ address: carol })
    expect(answered).toEqual([['block', { address: bob, name: 'Bob' }]])
  })

  test('declined stays declined, however often it is sent; what is new comes', () => {
    ask(bob, 'Bob')
    const id = note(bob)
    requests.handlers['requests/decline']({ address: bob })
    expect(published.at(-1)).toEqual([])
    note(bob, 'Hello', id)
    ask(bob, 'Bob')
    expect(list()).toEqual([])
    note(bob, 'Another')
    expect(list()).toMatchObject([{ messages: [{ line: 'Another' }] }])
  })

  test('the declined do not fill the database', () => {
    for (let i = 0; i < 1_050; i++) {
      note(bob)
      requests.handlers['requests/decline']({ address: bob })
    }
    expect(db.prepare('SELECT count(*) FROM requests').pluck().get()).toBe(1_000)
  })
})

describe('what nobody answers', () => {
  test('goes after 30 days, at the start or within a day', () => {
    const id = note(bob)
    clock.advance(10 * DAY)
    note(carol)
    requests.start()
    clock.advance(19 * DAY)
    expect(list()).toHaveLength(2)
    clock.advance(DAY)
    expect(list()).toMatchObject([{ address: carol }])
    expect(published.at(-1)).toEqual(list())
    // Its sender still tries.
    note(bob, 'Hello', id)
    expect(list()).toHaveLength(1)
    requests.stop()
    expect(clock.waiting()).toBe(0)
    clock.advance(10 * DAY)
    expect(list()).toHaveLength(1)
    requests.start()
    expect(list()).toEqual([])
    requests.stop()
  })
})
