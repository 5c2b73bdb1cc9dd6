import { setImmediate } from 'node:timers/promises'
import Sqlite, { type Database } from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openCalls } from '../../../main/calls/callStore'
import { foldedText } from '../../../main/database/foldedText'
import { migrations } from '../../../main/database/migrations'
import { createMemoryPair, type MemoryFaults } from '../../../main/network/memory/memoryPair'
import type { Network } from '../../../main/network/network'
import type { CallState } from '../../../preload/contract/calls'
import { callStage } from './callStage'
import { heldClock } from './heldClock'

type Side = 'alice' | 'bob'
type Step =
  | { who: Side; does: 'place' | 'answer' | 'decline' | 'end' | 'media-up' | 'media-failed' }
  | { does: 'wait'; ms: number }
  | { does: 'link'; up: boolean }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      who: fc.constantFrom<Side>('alice', 'bob'),
      does: fc.constantFrom(
        'place',
        'place',
        'answer',
        'answer',
        'decline',
        'end',
        'media-up',
        'media-failed',
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('wait'), ms: fc.constantFrom(0, 50, 1_000, 25_000) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('link'), up: fc.boolean() }) },
)
type Fate = ReturnType<MemoryFaults['message']>
const fates: fc.Arbitrary<Fate[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Fate>('pass') },
    { weight: 1, arbitrary: fc.constantFrom<Fate>('drop', 'twice', { delayMs: 300 }, { delayMs: 7_000 }) },
  ),
  { minLength: 1, maxLength: 12 },
)

/** Two people with real services, joined by a network whose messages get lost, doubled, late and out of order. */
function twoPeople(fates: Fate[]) {
  const clock = heldClock()
  const pair = createMemoryPair({ clock })
  let messages = 0
  pair.faults.message = () => fates[messages++ % fates.length] ?? 'pass'
  const person = (own: Network, other: Network) => {
    const db = new Sqlite(':memory:')
    db.function('folded', (text) => foldedText(String(text)))
    for (const { sql } of migrations) db.exec(sql)
    const stage = callStage(db, clock, () => own)
    own.listen((event) => {
      stage.people.hear(event)
      stage.calls.hear(event)
    })
    return { ...stage, otherId: stage.people.personAt(other.self, 'Other').id }
  }
  return { clock, pair, alice: person(pair.alice, pair.bob), bob: person(pair.bob, pair.alice) }
}

type Person = ReturnType<typeof twoPeople>['alice']

function act({ calls, otherId }: Person, does: (Step & { who: Side })['does']): void {
  const { handlers } = calls
  const callId = calls.active()?.id
  if (does === 'place') handlers['calls/place']({ personId: otherId, media: 'video' })
  else if (!callId) return
  else if (does === 'answer') handlers['calls/answer']({ callId })
  else if (does === 'decline') handlers['calls/decline']({ callId })
  else if (does === 'media-up') handlers['calls/mediaConnected']({ callId })
  else handlers['calls/end']({ callId, reason: does === 'end' ? 'hung-up' : 'media-failed' })
}

/** Ended calls must stay exactly as they ended. */
function watchEndings(db: Database) {
  const ended = new Map<unknown, unknown>()
  return () => {
    expect(openCalls(db).length).toBeLessThanOrEqual(1)
    for (const row of db.prepare<[], { id: string }>("SELECT * FROM calls WHERE phase = 'ended'").all()) {
      if (ended.has(row.id)) expect(row).toEqual(ended.get(row.id))
      else ended.set(row.id, row)
    }
  }
}

const settle = async () => {
  for (let turn = 0; turn < 4; turn++) await setImmediate()
}

test('whatever two people do on whatever line, every call ends once, and one at a time runs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), fates, async (steps, fates) => {
      const { clock, pair, alice, bob } = twoPeople(fates)
      const checks = [watchEndings(alice.db), watchEndings(bob.db)]
      await pair.alice.start()
      await pair.bob.start()
      await settle()
      for (const step of steps) {
        if (step.does === 'wait') clock.advance(step.ms)
        else if (step.does === 'link') pair.link[step.up ? 'up' : 'down']()
        else act(step.who === 'alice' ? alice : bob, step.does)
        await settle()
        for (const check of checks) check()
      }
      for (const { calls } of [alice, bob]) calls.stop()
      await settle()
      // The longest that anything waits: a ring, then its media.
      for (let second = 0; second < 120; second += 5) {
        clock.advance(5_000)
        await settle()
      }
      for (const check of checks) check()
      for (const person of [alice, bob]) {
        expect(person.calls.active()).toBeNull()
        expect(openCalls(person.db)).toEqual([])
      }
      await pair.alice.stop()
      await pair.bob.stop()
      for (const { db } of [alice, bob]) db.close()
    }),
    { numRuns: 100 },
  )
})

test('on a good line both ends tell the same story', async () => {
  const stories: { does: [Side, Parameters<typeof act>[1]][]; waitMs: number; outcomes: [string, string] }[] =
    [
      { does: [['alice', 'place']], waitMs: 50_000, outcomes: ['unanswered', 'unanswered'] },
      {
        does: [
          ['alice', 'place'],
          ['bob', 'decline'],
        ],
        waitMs: 0,
        outcomes: ['declined', 'declined'],
      },
      {
        does: [
          ['alice', 'place'],
          ['alice', 'end'],
        ],
        waitMs: 0,
        outcomes: ['cancelled', 'cancelled'],
      },
      {
        does: [
          ['alice', 'place'],
          ['bob', 'answer'],
          ['alice', 'media-up'],
          ['bob', 'media-up'],
          ['bob', 'end'],
        ],
        waitMs: 0,
        outcomes: ['answered', 'answered'],
      },
      {
        does: [
          ['alice', 'place'],
          ['bob', 'answer'],
        ],
        waitMs: 20_000,
        outcomes: ['failed', 'failed'],
      },
    ]
  for (const { does, waitMs, outcomes } of stories) {
    const { clock, pair, alice, bob } = twoPeople(['pass'])
    await pair.alice.start()
    await pair.bob.start()
    await settle()
    for (const [who, what] of does) {
      act(who === 'alice' ? alice : bob, what)
      await settle()
    }
    clock.advance(waitMs)
    await settle()
    const [call] = alice.db.prepare<[], { id: string }>('SELECT id FROM calls').all()
    const outcome = (state: CallState | undefined) =>
      state?.phase === 'ended' ? state.outcome : state?.phase
    const told = [alice, bob].map(({ calls }) => outcome(calls.find(call?.id ?? '')?.state))
    expect(told).toEqual(outcomes)
    await pair.alice.stop()
    await pair.bob.stop()
  }
})

test('both call at once on a good line: one call, connecting on both ends', async () => {
  const { pair, alice, bob } = twoPeople(['pass'])
  await pair.alice.start()
  await pair.bob.start()
  await settle()
  act(alice, 'place')
  act(bob, 'place')
  await settle()
  const [one, other] = [alice.calls.active(), bob.calls.active()]
  expect(one?.id).toBe(other?.id)
  expect([one?.state.phase, other?.state.phase]).toEqual(['connecting', 'connecting'])
  expect([one?.direction, other?.direction].sort()).toEqual(['in', 'out'])
  for (const { db } of [alice, bob]) expect(db.prepare('SELECT count(*) FROM calls').pluck().get()).toBe(1)
})
