import { describe, expect, it } from 'vitest'
import type { CallOutcome } from '../../../../preload/contract/calls'
import { callWords, isMissed } from '../../../../renderer/text/callWords'
import { aCall, ended } from '../examples'

const outcomes: CallOutcome[] = [
  'answered',
  'unanswered',
  'declined',
  'cancelled',
  'busy',
  'unreachable',
  'not-allowed',
  'failed',
]

describe('isMissed', () => {
  it.each(outcomes)('an incoming call that was %s', (outcome) => {
    expect(isMissed(aCall({ direction: 'in', state: ended(outcome) }))).toBe(outcome !== 'answered')
    expect(isMissed(aCall({ direction: 'out', state: ended(outcome) }))).toBe(false)
  })

  it('is not said of a call that still rings', () => {
    expect(isMissed(aCall({ state: { phase: 'ringing', until: 0, accepts: null } }))).toBe(false)
  })
})

describe('callWords', () => {
  it('says what was missed', () => {
    expect(callWords(aCall({ media: 'video' }))).toBe('Missed video call')
    expect(callWords(aCall({ media: 'audio' }))).toBe('Missed audio call')
    expect(callWords(aCall({ late: true }))).toBe('Missed video call while you were away')
  })

  it('says how long an answered call was', () => {
    expect(callWords(aCall({ direction: 'out', state: ended('answered', 64_000) }))).toBe('Video call, 1:04')
  })

  it('does not tell a block or a decline from nobody being there', () => {
    const words = (outcome: CallOutcome) => callWords(aCall({ direction: 'out', state: ended(outcome) }))
    expect(words('declined')).toBe(words('unanswered'))
    expect(words('not-allowed')).toBe(words('unanswered'))
  })

  it.each(outcomes)('has words for %s, both ways', (outcome) => {
    expect(callWords(aCall({ direction: 'out', state: ended(outcome) }))).not.toMatch(/history\.|\{/)
    expect(callWords(aCall({ direction: 'in', state: ended(outcome) }))).not.toMatch(/history\.|\{/)
  })
})
