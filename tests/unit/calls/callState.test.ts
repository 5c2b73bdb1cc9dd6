import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CallDirection, type CallEvent, callState, isMissed } from '../../../main/calls/callState'
import type { EndReason } from '../../../main/network/network'
import type { CallOutcome, CallState } from '../../../preload/contract/calls'

const told = { video: 180, audio: 300, text: true, note: '' }
const remembered = { video: 0, audio: 60, text: false, note: 'Back at five' }

const dialing: CallState = { phase: 'dialing' }
const ringing: CallState = { phase: 'ringing', until: 46_000, accepts: told }
const connecting: CallState = { phase: 'connecting' }
const connected: CallState = { phase: 'connected', since: 5_000 }
const over: CallState = { phase: 'ended', outcome: 'declined', at: 3_000, talkedMs: 0, accepts: null }

const rings: CallEvent = { type: 'rings', until: 50_000, accepts: remembered }
const pickedUp: CallEvent = { type: 'picked-up' }
const mediaUp: CallEvent = { type: 'connected', at: 7_000 }
const end = (reason: EndReason): CallEvent => ({ type: 'ended', reason, at: 9_000, accepts: null })

const reasons = {
  'hung-up': true,
  declined: true,
  busy: true,
  unanswered: true,
  cancelled: true,
  'answered-elsewhere': true,
  'not-allowed': true,
  unreachable: true,
  failed: true,
} satisfies Record<EndReason, true>
const everyReason = Object.keys(reasons) as EndReason[]

describe('every event in every state', () => {
  test.each([
    { state: dialing, event: rings, next: { phase: 'ringing', until: 50_000, accepts: remembered } },
    { state: dialing, event: pickedUp, next: connecting },
    { state: dialing, event: mediaUp, next: 'not-allowed' },
    { state: ringing, event: rings, next: 'not-allowed' },
    { state: ringing, event: pickedUp, next: connecting },
    { state: ringing, event: mediaUp, next: 'not-allowed' },
    { state: connecting, event: rings, next: 'not-allowed' },
    { state: connecting, event: pickedUp, next: 'not-allowed' },
    { state: connecting, event: mediaUp, next: { phase: 'connected', since: 7_000 } },
    { state: connected, event: rings, next: 'not-allowed' },
    { state: connected, event: pickedUp, next: 'not-allowed' },
    { state: connected, event: mediaUp, next: 'not-allowed' },
    { state: over, event: rings, next: 'not-allowed' },
    { state: over, event: pickedUp, next: 'not-allowed' },
    { state: over, event: mediaUp, next: 'not-allowed' },
  ])('$state.phase, $event.type', ({ state, event, next }) => {
    expect(callState('out', state, event)).toEqual(next)
  })

  const outcomes: Record<'ringsOut' | 'ringsIn' | 'connecting', Record<EndReason, CallOutcome>> = {
    ringsOut: {
      'hung-up': 'cancelled',
      declined: 'declined',
      busy: 'busy',
      unanswered: 'unanswered',
      cancelled: 'cancelled',
      'answered-elsewhere': 'failed',
      'not-allowed': 'not-allowed',
      unreachable: 'unreachable',
      failed: 'failed',
    },
    ringsIn: {
      'hung-up': 'cancelled',
      declined: 'declined',
      busy: 'busy',
      unanswered: 'unanswered',
      cancelled: 'cancelled',
      'answered-elsewhere': 'answered',
      'not-allowed': 'not-allowed',
      unreachable: 'unanswered',
      failed: 'failed',
    },
    connecting: {
      'hung-up': 'answered',
      declined: 'declined',
      busy: 'busy',
      unanswered: 'unanswered',
      cancelled: 'cancelled',
      'answered-elsewhere': 'answered',
      'not-allowed': 'not-allowed',
      unreachable: 'failed',
      failed: 'failed',
    },
  }
  const endings: { direction: CallDirection; state: CallState; expected: Record<EndReason, CallOutcome> }[] =
    [
      { direction: 'out', state: dialing, expected: outcomes.ringsOut },
      { direction: 'out', state: ringing, expected: outcomes.ringsOut },
      { direction: 'in', state: ringing, expected: outcomes.ringsIn },
      { direction: 'in', state: connecting, expected: outcomes.connecting },
      {
        direction: 'out',
        state: connecting,
        expected: { ...outcomes.connecting, 'answered-elsewhere': 'failed' },
      },
    ]
  describe.each(endings)('$direction $state.phase ends', ({ direction, state, expected }) => {
    test.each(everyReason)('as %s', (reason) => {
      expect(callState(direction, state, end(reason))).toMatchObject({
        phase: 'ended',
        outcome: expected[reason],
        at: 9_000,
        talkedMs: 0,
      })
    })
  })

  test.each(everyReason)('a connected call that ends as %s was answered', (reason) => {
    for (const direction of ['in', 'out'] as const) {
      expect(callState(direction, connected, end(reason))).toEqual({
        phase: 'ended',
        outcome: 'answered',
        at: 9_000,
        talkedMs: 4_000,
        accepts: null,
      })
    }
  })

  test.each(everyReason)('an ended call cannot end again as %s', (reason) => {
    expect(callState('out', over, end(reason))).toBe('not-allowed')
  })
})

test('what they take is what they say at the end, else what they said while it rang', () => {
  const silent = callState('out', ringing, end('unanswered'))
  expect(silent).toMatchObject({ accepts: told })
  const said = callState('out', ringing, { type: 'ended', reason: 'busy', at: 9_000, accepts: remembered })
  expect(said).toMatchObject({ accepts: remembered })
})

test('a clock that was put back makes no negative talk', () => {
  expect(
    callState('in', connected, { type: 'ended', reason: 'hung-up', at: 1_000, accepts: null }),
  ).toMatchObject({ talkedMs: 0 })
})

test('missed is an incoming call that was not answered', () => {
  const answered: CallState = { phase: 'ended', outcome: 'answered', at: 3_000, talkedMs: 9, accepts: null }
  expect(isMissed({ direction: 'in', state: over })).toBe(true)
  expect(isMissed({ direction: 'out', state: over })).toBe(false)
  expect(isMissed({ direction: 'in', state: answered })).toBe(false)
  expect(isMissed({ direction: 'in', state: ringing })).toBe(false)
})

describe('whatever comes, doubled and in any order', () => {
  const time = fc.integer({ min: 0, max: 100_000 })
  const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
    fc.record({ type: fc.constant('rings' as const), until: time, accepts: fc.constantFrom(null, told) }),
    fc.constant(pickedUp),
    fc.record({ type: fc.constant('connected' as const), at: time }),
    fc.record({
      type: fc.constant('ended' as const),
      reason: fc.constantFrom(...everyReason),
      at: time,
      accepts: fc.constantFrom(null, told),
    }),
  )
  // Each event up to three times, then shuffled: what a bad link and two devices can make of one call.
  const anyStory = fc
    .array(fc.tuple(anyEvent, fc.integer({ min: 1, max: 3 })), { maxLength: 12 })
    .map((events) => events.flatMap(([event, times]) => Array<CallEvent>(times).fill(event)))
    .chain((events) => fc.shuffledSubarray(events, { minLength: events.length }))
  const order = ['dialing', 'ringing', 'connecting', 'connected', 'ended']

  test('it ends at most once, for ever, and goes forward only', () => {
    fc.assert(
      fc.property(fc.constantFrom<CallDirection>('in', 'out'), anyStory, (direction, story) => {
        let state: CallState = direction === 'out' ? dialing : ringing
        const seen: CallState['phase'][] = [state.phase]
        for (const event of story) {
          const next = callState(direction, state, event)
          if (next === 'not-allowed') continue
          expect(state.phase).not.toBe('ended')
          expect(order.indexOf(next.phase)).toBeGreaterThan(order.indexOf(state.phase))
          state = next
          seen.push(next.phase)
        }
        if (story.some((event) => event.type === 'ended')) expect(state.phase).toBe('ended')
        if (state.phase !== 'ended') return
        const elsewhere =
          direction === 'in' && story.some((e) => e.type === 'ended' && e.reason === 'answered-elsewhere')
        if (state.outcome === 'answered') expect(seen.includes('connecting') || elsewhere).toBe(true)
        if (seen.includes('connected')) expect(state.outcome).toBe('answered')
        else expect(state.talkedMs).toBe(0)
        expect(state.talkedMs).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 1_000 },
    )
  })
})
