import { describe, expect, it } from 'vitest'
import type { CallOutcome } from '../../../../preload/contract/calls'
import { offerAfter } from '../../../../renderer/call/offer'
import { aCall, ended, everything, ringing } from './sampleCalls'

const offerOf = (outcome: CallOutcome, accepts: Parameters<typeof ended>[1] = everything) =>
  offerAfter(aCall({ state: ended(outcome, accepts) }))

describe('when a message is offered', () => {
  it.each(['unanswered', 'declined', 'busy', 'unreachable'] as const)('after %s', (outcome) => {
    expect(offerOf(outcome)).toMatchObject({
      outcome,
      limits: { video: 180_000, audio: 300_000 },
      text: true,
      missing: 'nothing',
    })
  })

  it.each(['answered', 'cancelled', 'failed'] as const)('never after %s', (outcome) => {
    expect(offerOf(outcome)).toBeNull()
  })

  it('never while it rings, and never for a call that came in', () => {
    expect(offerAfter(aCall({ state: ringing }))).toBeNull()
    expect(offerAfter(aCall({ direction: 'in', state: ended('unanswered') }))).toBeNull()
  })
})

describe('what is offered', () => {
  it('is everything when nobody told what the person takes', () => {
    expect(offerOf('unreachable', null)).toMatchObject({
      limits: { video: 180_000, audio: 300_000 },
      text: true,
      missing: 'nothing',
      note: '',
    })
  })

  it('is never longer than the person takes, nor than a message may be', () => {
    expect(offerOf('unanswered', { ...everything, video: 30, audio: 9_999 })?.limits).toEqual({
      video: 30_000,
      audio: 300_000,
    })
  })

  it.each([
    [{ video: 0 }, 'video'],
    [{ audio: 0 }, 'audio'],
    [{ text: false }, 'text'],
    [{ video: 0, audio: 0 }, 'recordings'],
    [{ video: 0, text: false }, 'only-audio'],
    [{ audio: 0, text: false }, 'only-video'],
    [{ video: 0, audio: 0, text: false }, 'everything'],
  ] as const)('leaves out what is not taken (%o) and says %s', (change, missing) => {
    const offer = offerOf('unanswered', { ...everything, ...change })
    expect(offer?.missing).toBe(missing)
    expect(offer?.limits.video === null).toBe('video' in change)
    expect(offer?.limits.audio === null).toBe('audio' in change)
    expect(offer?.text).toBe(!('text' in change))
  })

  it('is nothing for someone whose messages are not wanted, whatever was told before', () => {
    const { outcome: _, ...refused } = offerOf('not-allowed', everything) ?? {}
    const { outcome: __, ...turnedOff } =
      offerOf('unreachable', { video: 0, audio: 0, text: false, note: '' }) ?? {}
    expect(refused).toEqual(turnedOff)
  })

  it('carries the person’s note', () => {
    expect(offerOf('declined', { ...everything, note: ' Back at 15:00 ' })?.note).toBe('Back at 15:00')
  })
})
