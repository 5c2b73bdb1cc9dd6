import { expect, test } from 'vitest'
import { incomingRingMs, limitsOf } from '../../../main/calls/callLimits'
import type { Call, CallState } from '../../../preload/contract/calls'

const call = (direction: 'in' | 'out', state: CallState): Call => ({
  id: '7d3e7c43-2f5b-4f0c-9d28-9c4ff5b7b9ad',
  personId: '1b671a64-40d5-491e-99b0-da01ff1f3341',
  direction,
  media: 'video',
  startedAt: 0,
  state,
  seen: false,
  late: false,
})
const now = 1_000
const rings: CallState = { phase: 'ringing', until: 46_000, accepts: null }

test.each([
  [
    'dialing',
    call('out', { phase: 'dialing' }),
    [
      { ms: 6_000, reason: 'unreachable', onlyIfAway: true },
      { ms: 30_000, reason: 'unanswered', onlyIfAway: false },
    ],
  ],
  ['ringing there', call('out', rings), [{ ms: 45_000, reason: 'unanswered', onlyIfAway: false }]],
  ['ringing here', call('in', rings), [{ ms: 47_000, reason: 'unanswered', onlyIfAway: false }]],
  ['connecting', call('in', { phase: 'connecting' }), [{ ms: 20_000, reason: 'failed', onlyIfAway: false }]],
  ['connected', call('in', { phase: 'connected', since: 1 }), []],
  ['ended', call('in', { phase: 'ended', outcome: 'busy', at: 1, talkedMs: 0, accepts: null }), []],
])('%s', (_, running, limits) => {
  expect(limitsOf(running, now, 30_000)).toEqual(limits)
})

test.each([
  [45, 45_000],
  [null, 60_000],
  [0, 5_000],
  [-3, 5_000],
  [86_400, 90_000],
  [Number.NaN, 60_000],
  [Number.POSITIVE_INFINITY, 60_000],
])('a caller who says %s seconds rings %d ms', (told, ms) => {
  expect(incomingRingMs(told)).toBe(ms)
})
