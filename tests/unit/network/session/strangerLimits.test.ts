import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createMemoryPair } from '../../../../main/network/memory/memoryPair'
import type { NetworkEvent } from '../../../../main/network/network'
import {
  createStrangerLimits,
  mayComeIn,
  recentCalls,
  type StrangersCall,
} from '../../../../main/network/session/strangerLimits'
import { createManualClock, settle } from '../manualClock'

const MINUTE = 60_000

/** So many calls of one person at the time 0. */
const calls = (count: number, from: string, late: boolean): StrangersCall[] =>
  Array.from({ length: count }, (_, index) => ({ from, callId: `${from}-${index}`, late, at: 0 }))
const crowd = (count: number, late: boolean) =>
  Array.from({ length: count }, (_, index) => calls(1, `stranger ${index}`, late)).flat()

const cases: [
  what: string,
  before: StrangersCall[],
  call: { late: boolean; at: number },
  comesIn: boolean,
][] = [
  ['the first late call', [], { late: true, at: 0 }, true],
  ['the fifth late call within an hour', calls(4, 'm', true), { late: true, at: 59 * MINUTE }, true],
  ['the sixth late call within an hour', calls(5, 'm', true), { late: true, at: 59 * MINUTE }, false],
  ['the sixth late call after an hour', calls(5, 'm', true), { late: true, at: 60 * MINUTE }, true],
  ['a late call after five of somebody else', calls(5, 'n', true), { late: true, at: 0 }, true],
  ['the fiftieth late call of all', crowd(49, true), { late: true, at: 0 }, true],
  ['the late call after fifty of others', crowd(50, true), { late: true, at: 0 }, false],
  ['the late call after live ones', calls(10, 'm', false), { late: true, at: 0 }, true],
  ['the tenth ring within ten minutes', calls(9, 'm', false), { late: false, at: 9 * MINUTE }, true],
  ['the eleventh ring within ten minutes', calls(10, 'm', false), { late: false, at: 9 * MINUTE }, false],
  ['the eleventh ring after ten minutes', calls(10, 'm', false), { late: false, at: 10 * MINUTE }, true],
  ['a ring after many of others', crowd(60, false), { late: false, at: 0 }, true],
]

test.each(cases)('%s', (_what, before, { late, at }, comesIn) => {
  expect(mayComeIn(recentCalls(before, at), { from: 'm', callId: 'new', late, at })).toBe(comesIn)
})

test('a call that is told again counts once, and contacts are not counted', () => {
  const limits = createStrangerLimits({ clock: createManualClock(), isContact: (peer) => peer === 'contact' })
  for (let told = 0; told < 20; told += 1) expect(limits.late('m', 'same')).toBe(true)
  for (const callId of ['b', 'c', 'd', 'e']) expect(limits.late('m', callId)).toBe(true)
  expect(limits.late('m', 'f')).toBe(false)
  expect(limits.late('m', 'same')).toBe(true)
  for (let count = 0; count < 60; count += 1) expect(limits.late('contact', `${count}`)).toBe(true)
})

describe('between two who are on', () => {
  async function ringOften(areContacts: boolean) {
    const clock = createManualClock()
    const { alice, bob } = createMemoryPair({ clock })
    const atBob: NetworkEvent[] = []
    const atAlice: NetworkEvent[] = []
    bob.listen((event) => atBob.push(event))
    alice.listen((event) => atAlice.push(event))
    if (areContacts) bob.addContact({ address: alice.self, endpoint: null })
    await Promise.all([alice.start(), bob.start()])
    for (let count = 0; count < 11; count += 1) {
      const callId = randomUUID()
      alice.propose({ callId, to: bob.self, media: 'audio', ringSeconds: 30 })
      await settle()
      alice.end(callId, 'cancelled')
      await settle()
    }
    await Promise.all([alice.stop(), bob.stop()])
    return {
      rang: atBob.filter((event) => event.type === 'call').length,
      ended: atAlice.filter((event) => event.type === 'ended'),
    }
  }

  test("a stranger's eleventh call is busy, unheard here", async () => {
    const { rang, ended } = await ringOften(false)
    expect(rang).toBe(10)
    expect(ended.map(({ reason }) => reason)).toEqual([...Array(10).fill('cancelled'), 'busy'])
  })
  test("a contact's is not", async () => {
    expect((await ringOften(true)).rang).toBe(11)
  })
})
