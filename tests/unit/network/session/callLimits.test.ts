import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { createMemoryPair, type MemoryPair } from '../../../../main/network/memory/memoryPair'
import type { NetworkEvent } from '../../../../main/network/network'
import { createManualClock, type ManualClock, settle } from '../manualClock'

const accepts = { video: 60, audio: 60, text: true, note: '' }
const callId = randomUUID()

let clock: ManualClock
let pair: MemoryPair
let told: { alice: NetworkEvent[]; bob: NetworkEvent[] }

beforeEach(async () => {
  clock = createManualClock()
  pair = createMemoryPair({ clock })
  told = { alice: [], bob: [] }
  pair.alice.listen((event) => told.alice.push(event))
  pair.bob.listen((event) => told.bob.push(event))
  await Promise.all([pair.alice.start(), pair.bob.start()])
  pair.alice.propose({ callId, to: pair.bob.self, media: 'video', ringSeconds: 30 })
  await settle()
})

const ends = (events: NetworkEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'ended' ? [event.reason] : []))

test('both ends stop ringing by themselves, shortly after the ring limit', async () => {
  pair.bob.ring(callId, accepts)
  await settle()
  pair.faults.message = () => 'drop'
  await clock.advance(34_000)
  expect([ends(told.alice), ends(told.bob)]).toEqual([[], []])
  await clock.advance(2_000)
  expect([ends(told.alice), ends(told.bob)]).toEqual([['unanswered'], ['unanswered']])
})

test('a call that was accepted but does not come about ends after half a minute', async () => {
  pair.bob.accept(callId)
  await settle()
  pair.faults.message = () => 'drop'
  await clock.advance(29_000)
  expect([ends(told.alice), ends(told.bob)]).toEqual([[], []])
  await clock.advance(2_000)
  expect([ends(told.alice), ends(told.bob)]).toEqual([['failed'], ['failed']])
})

test('a link that stays broken ends a ringing call within seconds', async () => {
  pair.link.down()
  await clock.advance(3_000)
  expect([ends(told.alice), ends(told.bob)]).toEqual([[], []])
  await clock.advance(2_000)
  expect([ends(told.alice), ends(told.bob)]).toEqual([['unreachable'], ['cancelled']])
})

test('a call is hung up for an end that did not hear it, as soon as that speaks of it again', async () => {
  pair.bob.accept(callId)
  await settle()
  pair.faults.message = () => 'drop'
  pair.alice.end(callId, 'hung-up')
  await settle()
  pair.link.down()
  pair.faults.message = () => 'pass'
  pair.link.up()
  await settle()
  expect([ends(told.alice), ends(told.bob)]).toEqual([['hung-up'], ['hung-up']])
})

test('an end that started anew knows nothing of the call, and the other one learns it', async () => {
  pair.bob.accept(callId)
  await settle()
  pair.faults.message = () => 'drop'
  await pair.bob.stop()
  pair.faults.message = () => 'pass'
  await pair.bob.start()
  await settle()
  expect(ends(told.alice)).toHaveLength(1)
})
