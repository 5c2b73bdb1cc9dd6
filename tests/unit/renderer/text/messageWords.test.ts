import { describe, expect, it } from 'vitest'
import type { MessageState, SendProblem } from '../../../../preload/contract/messages'
import { deliveryWords, isHere, isUnplayed, messageWords } from '../../../../renderer/text/messageWords'
import { aMessage } from '../examples'

describe('messageWords', () => {
  it('names the kind and the length', () => {
    expect(messageWords(aMessage())).toBe('Video message, 0:24')
    expect(
      messageWords(aMessage({ content: { kind: 'audio', durationMs: 61_000, size: 1, waveform: [] } })),
    ).toBe('Audio message, 1:01')
    expect(messageWords(aMessage({ content: { kind: 'text', text: 'Ring twice' } }))).toBe('Note: Ring twice')
  })
})

describe('deliveryWords', () => {
  const say = (state: MessageState) => deliveryWords(aMessage({ direction: 'out', state }), 'Bob')

  it('is honest about where our message stands', () => {
    expect(say({ phase: 'waiting' })).toBe('Waiting for Bob')
    expect(say({ phase: 'sending', progress: 0.437 })).toBe('Sending 43%')
    expect(say({ phase: 'stored' })).toBe('On its way')
    expect(say({ phase: 'delivered' })).toBe('Delivered')
    expect(say({ phase: 'played', at: 1 })).toBe('Played')
  })

  it.each<SendProblem>(['not-accepted', 'file-lost', 'disk-full', 'damaged', 'network'])(
    'says why it couldn’t be sent: %s',
    (problem) => {
      expect(say({ phase: 'failed', problem })).toMatch(/^Couldn’t send: [^{]{8,}$/)
      const theirs = aMessage({ direction: 'in', state: { phase: 'failed', problem } })
      expect(deliveryWords(theirs, 'Bob')).toMatch(/^Couldn’t arrive: [^{]{8,}$/)
    },
  )

  it('says nothing of a message for us that is simply there', () => {
    expect(deliveryWords(aMessage({ state: { phase: 'unplayed' } }), 'Bob')).toBeNull()
    expect(deliveryWords(aMessage({ state: { phase: 'played', at: 1 } }), 'Bob')).toBeNull()
    expect(deliveryWords(aMessage({ state: { phase: 'fetching', progress: 0.5 } }), 'Bob')).toBe(
      'Arriving, 50%',
    )
  })
})

describe('what a message can do', () => {
  it('counts as unplayed only when it is for us', () => {
    expect(isUnplayed(aMessage())).toBe(true)
    expect(isUnplayed(aMessage({ direction: 'out' }))).toBe(false)
    expect(isUnplayed(aMessage({ state: { phase: 'played', at: 1 } }))).toBe(false)
  })

  it('plays only once it has arrived', () => {
    expect(isHere(aMessage({ state: { phase: 'fetching', progress: 0.9 } }))).toBe(false)
    expect(isHere(aMessage())).toBe(true)
    const failed = { phase: 'failed', problem: 'damaged' } as const
    expect(isHere(aMessage({ direction: 'in', state: failed }))).toBe(false)
    expect(isHere(aMessage({ direction: 'out', state: failed }))).toBe(true)
  })
})
