import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMemoryPair, type MemoryFaults } from '../../../../main/network/memory/memoryPair'
import type { Network, NetworkEvent } from '../../../../main/network/network'
import chromium from '../chromium.json'
import { createManualClock, settle } from '../manualClock'

const accepts = { video: 60, audio: 60, text: true, note: '' }

const who = fc.constantFrom('alice' as const, 'bob' as const)

/** What people and the network between them do; numbers choose among the calls that there are. */
const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('go on'), who, which: fc.constant(-1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('propose'), who, which: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('ring', 'accept', 'decline', 'hang up', 'offer', 'answer', 'record'),
      who,
      which: fc.nat(3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.integer({ min: 0, max: 20_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('link down', 'link up') }) },
)
const actions = fc.array(action, { minLength: 5, maxLength: 40, size: 'max' })
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never

const fate: fc.Arbitrary<ReturnType<MemoryFaults['message']>> = fc.oneof(
  { weight: 12, arbitrary: fc.constant('pass' as const) },
  { weight: 1, arbitrary: fc.constant('drop' as const) },
  { weight: 1, arbitrary: fc.constant('twice' as const) },
  { weight: 1, arbitrary: fc.record({ delayMs: fc.integer({ min: 1, max: 8_000 }) }) },
)

const fates = fc.array(fate, { maxLength: 80, size: 'max' })

type Told = { alice: NetworkEvent[]; bob: NetworkEvent[] }

async function play(
  actions: Action[],
  fates: ReturnType<MemoryFaults['message']>[],
): Promise<Told & { quiet: Told; timers: number }> {
  const clock = createManualClock()
  const pair = createMemoryPair({ clock })
  const told: Told = { alice: [], bob: [] }
  const callsOf: Record<'alice' | 'bob', string[]> = { alice: [], bob: [] }
  for (const who of ['alice', 'bob'] as const) {
    pair[who].listen((event) => {
      told[who].push(event)
      if (event.type === 'call') callsOf[who].push(event.callId)
    })
  }
  await Promise.all([pair.alice.start(), pair.bob.start()])
  await settle()
  const queue = [...fates]
  pair.faults.message = () => queue.shift() ?? 'pass'
  for (const step of actions) {
    act(step)
    await settle()
    if ('ms' in step) await clock.advance(step.ms)
  }
  // Whatever happened, an hour later every call is over that two people are not still talking in.
  await clock.advance(3_600_000)
  const quiet = { alice: [...told.alice], bob: [...told.bob] }
  for (const who of ['alice', 'bob'] as const) {
    for (const callId of callsOf[who]) pair[who].end(callId, 'hung-up')
  }
  await clock.advance(3_600_000)
  return { ...told, quiet, timers: clock.pending() }

  function act(step: Action): void {
    if (!('who' in step)) {
      if (step.do === 'link down') pair.link.down()
      if (step.do === 'link up') pair.link.up()
      return
    }
    const { who, which } = step
    const network: Network = pair[who]
    const callId = callsOf[who][which % Math.max(1, callsOf[who].length)] ?? ''
    switch (step.do) {
      case 'go on':
        goOn(network, told[who])
        return
      case 'propose': {
        const id = randomUUID()
        callsOf[who].push(id)
        const to = who === 'alice' ? pair.bob.self : pair.alice.self
        network.propose({ callId: id, to, media: 'video', ringSeconds: 30 })
        return
      }
      case 'ring':
        network.ring(callId, accepts)
        return
      case 'accept':
        if (callsOf[who].length > 0) network.accept(callId)
        return
      case 'decline':
        network.decline(callId, 'declined', accepts)
        return
      case 'hang up':
        network.end(callId, 'hung-up')
        return
      case 'offer':
        network.signal(callId, { kind: 'description', type: 'offer', sdp: chromium.offer })
        return
      case 'answer':
        network.signal(callId, { kind: 'description', type: 'answer', sdp: chromium.answer })
        return
      case 'record':
        network.recording(callId, true)
        return
    }
  }
}

/** Does what the last event asks for, as the services and the renderer do. */
function goOn(network: Network, events: NetworkEvent[]): void {
  const last = events.findLast((event) => 'callId' in event)
  switch (last?.type) {
    case 'call':
      network.ring(last.callId, accepts)
      network.accept(last.callId)
      return
    case 'connect':
      if (last.offer) network.signal(last.callId, { kind: 'description', type: 'offer', sdp: chromium.offer })
      return
    case 'signal':
      if (last.signal.kind === 'description' && last.signal.type === 'offer')
        network.signal(last.callId, { kind: 'description', type: 'answer', sdp: chromium.answer })
  }
}

const ofCall = (events: NetworkEvent[], callId: string): NetworkEvent[] =>
  events.filter((event) => 'callId' in event && event.callId === callId)

describe('whatever is lost, doubled, late, or done at the wrong moment', () => {
  test('every call ends exactly once for each side that knew of it, and connects at most once', async () => {
    await fc.assert(
      fc.asyncProperty(actions, fates, async (actions, fates) => {
        const { timers, quiet, ...told } = await play(actions, fates)
        expect(timers).toBe(0)
        for (const events of [told.alice, told.bob]) {
          for (const event of quiet.bob) {
            if (event.type !== 'call') continue
            const kinds = ofCall(quiet.bob, event.callId).map((one) => one.type)
            expect(kinds.includes('ended') || kinds.includes('connect')).toBe(true)
          }
          const incoming = events.flatMap((event) => (event.type === 'call' ? [event.callId] : []))
          expect(new Set(incoming).size).toBe(incoming.length)
          for (const callId of new Set(
            events.flatMap((event) => ('callId' in event ? [event.callId] : [])),
          )) {
            const kinds = ofCall(events, callId).map((event) => event.type)
            expect(kinds.filter((kind) => kind === 'connect').length).toBeLessThanOrEqual(1)
            // Ours that lost a tie never happened, and a recording may be told of a call that is long over.
            const lostTie = events.some((event) => event.type === 'glare' && event.ours === callId)
            const isOver = lostTie || kinds.every((kind) => kind === 'recording')
            expect(kinds.filter((kind) => kind === 'ended')).toHaveLength(isOver ? 0 : 1)
            if (!isOver)
              expect(kinds.slice(kinds.indexOf('ended') + 1).every((kind) => kind === 'recording')).toBe(true)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  test('the two ends of a call never both offer', async () => {
    await fc.assert(
      fc.asyncProperty(actions, fates, async (actions, fates) => {
        const { alice, bob } = await play(actions, fates)
        for (const event of alice) {
          if (event.type !== 'connect') continue
          const theirs = ofCall(bob, event.callId).find((one) => one.type === 'connect')
          if (theirs?.type === 'connect') expect(theirs.offer).toBe(!event.offer)
        }
      }),
      { numRuns: 150 },
    )
  })
})
