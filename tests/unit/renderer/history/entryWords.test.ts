import { describe, expect, it } from 'vitest'
import { entryWords } from '../../../../renderer/history/entryWords'
import { aMessage, anEntry, ended } from '../examples'

describe('the one line of a row', () => {
  it('is loud about a missed call, with an icon and not by colour alone', () => {
    expect(entryWords(anEntry())).toEqual({ words: 'Missed video call', sign: 'missed', tone: 'missed' })
  })

  it('is quiet about a call that was declined here', () => {
    expect(entryWords(anEntry({ state: ended('declined') }))).toMatchObject({ sign: 'in', tone: 'quiet' })
  })

  it('tells of the message once there is one', () => {
    expect(entryWords(anEntry({}, [aMessage()]))).toMatchObject({
      words: 'Video message, 0:24',
      tone: 'quiet',
    })
  })

  it('says that a rule removed its message', () => {
    const removed = { ...anEntry(), messageRemoved: true } as const
    expect(entryWords(removed).words).toBe('Missed video call · Message removed')
    expect(entryWords({ ...removed, messages: [aMessage()] }).words).toBe('Video message, 0:24')
  })

  it('says where our own message stands', () => {
    const waiting = aMessage({ direction: 'out', state: { phase: 'waiting' } })
    const lost = aMessage({ direction: 'out', state: { phase: 'failed', problem: 'file-lost' } })
    const out = { direction: 'out' } as const
    expect(entryWords(anEntry(out, [waiting]))).toMatchObject({ words: 'Waiting for Bob', tone: 'busy' })
    expect(entryWords(anEntry(out, [lost]))).toMatchObject({ sign: 'failed', tone: 'failed' })
  })
})
