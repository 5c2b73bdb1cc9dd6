import { describe, expect, test } from 'vitest'
import { acceptsFor, mayRing, type Standing } from '../../../main/people/reach'
import { defaultSettings } from '../../../preload/contract/settings'

const settings = {
  ...defaultSettings,
  acceptVideoSeconds: 90,
  acceptAudioSeconds: 60,
  acceptNotes: true,
  note: 'In a meeting until 15:00',
}
const all = { video: 90, audio: 60, text: true, note: 'In a meeting until 15:00' }
const nothing = { video: 0, audio: 0, text: false, note: '' }

const standing = (contact: boolean, calledByUs: boolean, blocked: boolean): Standing => ({
  contact,
  calledByUs,
  blocked,
})

describe('who may ring, and who may leave what', () => {
  test.each([
    { who: 'a stranger', standing: standing(false, false, false), rings: true, leaves: nothing },
    { who: 'somebody we called', standing: standing(false, true, false), rings: true, leaves: all },
    { who: 'a contact', standing: standing(true, false, false), rings: true, leaves: all },
    { who: 'a contact we called', standing: standing(true, true, false), rings: true, leaves: all },
    { who: 'a blocked stranger', standing: standing(false, false, true), rings: false, leaves: nothing },
    {
      who: 'somebody blocked we called',
      standing: standing(false, true, true),
      rings: false,
      leaves: nothing,
    },
    { who: 'a blocked contact', standing: standing(true, false, true), rings: false, leaves: nothing },
    {
      who: 'a blocked contact we called',
      standing: standing(true, true, true),
      rings: false,
      leaves: nothing,
    },
  ])('$who', ({ standing, rings, leaves }) => {
    expect(mayRing(standing)).toBe(rings)
    expect(acceptsFor(standing, settings)).toEqual(leaves)
  })

  test('what is switched off is taken from nobody', () => {
    const off = { ...settings, acceptVideoSeconds: 0, acceptAudioSeconds: 0, acceptNotes: false }
    expect(acceptsFor(standing(true, true, false), off)).toEqual({ ...nothing, note: settings.note })
  })
})
