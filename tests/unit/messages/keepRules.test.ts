import { expect, test } from 'vitest'
import { dueAt, isDue } from '../../../main/messages/keepRules'
import type { Message, MessageState } from '../../../preload/contract/messages'
import type { KeepRule } from '../../../preload/contract/storage'

const DAY = 24 * 3_600_000
const PLAYED = 1_000_000_000
const played = { phase: 'played', at: PLAYED } as const

const others: MessageState[] = [
  { phase: 'waiting' },
  { phase: 'sending', progress: 0.5 },
  { phase: 'stored' },
  { phase: 'delivered' },
  { phase: 'failed', problem: 'network' },
  { phase: 'fetching', progress: 0.5 },
  { phase: 'unplayed' },
]
const rules: KeepRule[] = ['forever', '30-days']

test('only the 30 days have an end, and it is counted from the playing', () => {
  expect(dueAt({ state: played, kept: false }, '30-days')).toBe(PLAYED + 30 * DAY)
  expect(dueAt({ state: played, kept: false }, 'forever')).toBeNull()
})

test.each(
  rules.flatMap((rule) =>
    others.flatMap((state) => [false, true].map((kept) => [rule, state.phase, kept, state] as const)),
  ),
)('%s never deletes what is %s (pinned: %s), however old', (rule, _phase, kept, state) => {
  expect(isDue({ state, kept }, rule, Number.MAX_SAFE_INTEGER)).toBe(false)
})

test.each<[KeepRule, Pick<Message, 'kept'>['kept'], number, boolean]>([
  ['30-days', false, PLAYED, false],
  ['30-days', false, PLAYED + 30 * DAY - 1, false],
  ['30-days', false, PLAYED + 30 * DAY, true],
  ['30-days', false, PLAYED + 400 * DAY, true],
  // A clock that was set back deletes nothing.
  ['30-days', false, PLAYED - 400 * DAY, false],
  ['30-days', true, PLAYED + 400 * DAY, false],
  ['forever', false, PLAYED + 400 * DAY, false],
  ['forever', true, PLAYED + 400 * DAY, false],
])('%s, pinned: %s, at %d: %s', (rule, kept, now, due) => {
  expect(isDue({ state: played, kept }, rule, now)).toBe(due)
})
