import { describe, expect, test } from 'vitest'
import { acceptsFor, type MessageWish, reach, type Standing } from '../../../main/people/reach'
import { defaultSettings, type Settings } from '../../../preload/contract/settings'

const NOW = 1_700_000_000_000
const bools = [false, true]

/** One combination of all that decides. */
type Case = { standing: Standing; settings: Settings; availability: string }

const availabilities: Record<string, Pick<Settings, 'available' | 'unavailableUntil'>> = {
  available: { available: true, unavailableUntil: null },
  'available, an old time left over': { available: true, unavailableUntil: NOW + 1 },
  'not available': { available: false, unavailableUntil: null },
  'not available for a moment more': { available: false, unavailableUntil: NOW + 1 },
  'not available until this moment': { available: false, unavailableUntil: NOW },
}
const callRules = ['everyone', 'contacts'] as const

const cases: Case[] = bools.flatMap((contact) =>
  bools.flatMap((calledByUs) =>
    bools.flatMap((suggested) =>
      bools.flatMap((blocked) =>
        Object.entries(availabilities).flatMap(([availability, when]) =>
          callRules.flatMap((whoCanRing) =>
            bools.map((silenceUnknown) => ({
              availability,
              standing: { contact, calledByUs, suggested, blocked },
              settings: { ...defaultSettings, ...when, whoCanRing, silenceUnknown },
            })),
          ),
        ),
      ),
    ),
  ),
)

const messageSettings = bools.flatMap((video) =>
  bools.flatMap((audio) =>
    bools.map((acceptNotes) => ({
      acceptVideoSeconds: video ? 60 : 0,
      acceptAudioSeconds: audio ? 120 : 0,
      acceptNotes,
    })),
  ),
)
const wishes: MessageWish[] = [
  { kind: 'text' },
  { kind: 'video', durationMs: 60_000 },
  { kind: 'video', durationMs: 90_000 },
  { kind: 'audio', durationMs: 120_000 },
  { kind: 'audio', durationMs: 150_000 },
]

// The rules in words, each with whom it is about. Of a table's rules exactly one fits each case: none is
// forgotten, and none contradicts another.
type Rule<About> = { words: string; about: (about: About) => boolean; answer: string }

const isHere = (c: Case) =>
  c.availability.startsWith('available') || c.availability.includes('until this moment')
const isStranger = ({ standing }: Case) =>
  !standing.contact && !standing.calledByUs && !standing.suggested && !standing.blocked
const isFriend = ({ standing }: Case) => standing.contact && !standing.blocked
/** Neither a contact nor a stranger. */
const isAcquainted = ({ standing }: Case) =>
  !standing.contact && !standing.blocked && (standing.calledByUs || standing.suggested)

const callTable: Rule<Case>[] = [
  { words: 'Who is blocked leaves no trace.', about: (c) => c.standing.blocked, answer: 'refuse' },
  {
    words: 'While we are not available nobody rings.',
    about: (c) => !c.standing.blocked && !isHere(c),
    answer: 'silent',
  },
  { words: 'Contacts ring.', about: (c) => isFriend(c) && isHere(c), answer: 'ring' },
  {
    words: 'When only contacts may ring, nobody else does.',
    about: (c) => (isStranger(c) || isAcquainted(c)) && isHere(c) && c.settings.whoCanRing === 'contacts',
    answer: 'silent',
  },
  {
    words: 'Whom we called, and suggested people, ring when everyone may, unknown callers silenced or not.',
    about: (c) => isAcquainted(c) && isHere(c) && c.settings.whoCanRing === 'everyone',
    answer: 'ring',
  },
  {
    words: 'Silenced, unknown callers do not ring.',
    about: (c) =>
      isStranger(c) && isHere(c) && c.settings.whoCanRing === 'everyone' && c.settings.silenceUnknown,
    answer: 'silent',
  },
  {
    words: 'Else unknown callers ring.',
    about: (c) =>
      isStranger(c) && isHere(c) && c.settings.whoCanRing === 'everyone' && !c.settings.silenceUnknown,
    answer: 'ring',
  },
]

type Left = Case & { wish: MessageWish }
function isTaken({ wish, settings }: Left): boolean {
  if (wish.kind === 'text') return settings.acceptNotes
  if (wish.kind === 'video') return settings.acceptVideoSeconds > 0 && wish.durationMs === 60_000
  return settings.acceptAudioSeconds > 0 && wish.durationMs === 120_000
}

const messageTable: Rule<Left>[] = [
  { words: 'Blocked people leave nothing.', about: (c) => c.standing.blocked, answer: 'refuse' },
  {
    words: 'What is switched off or too long is taken from nobody.',
    about: (c) => !c.standing.blocked && !isTaken(c),
    answer: 'refuse',
  },
  {
    words: 'Contacts, people whom we called and suggested people leave what we take, whoever may ring.',
    about: (c) => (isFriend(c) || isAcquainted(c)) && isTaken(c),
    answer: 'take',
  },
  {
    words: 'What a stranger leaves is a request.',
    about: (c) => isStranger(c) && isTaken(c),
    answer: 'request',
  },
]

function expected<About>(table: Rule<About>[], about: About): string {
  const fitting = table.filter((rule) => rule.about(about))
  expect(fitting, `rules for ${JSON.stringify(about)}`).toHaveLength(1)
  return fitting[0]?.answer ?? ''
}

describe('who can ring', () => {
  test('all combinations are tried', () => expect(cases).toHaveLength(2 ** 4 * 5 * 2 * 2))

  test.each(callTable)('$words', ({ about, answer }) => {
    const concerned = cases.filter(about)
    expect(concerned.length).toBeGreaterThan(0)
    for (const one of concerned) {
      const { standing, settings } = one
      expect(reach({ wish: { kind: 'call' }, standing, settings, now: NOW }), JSON.stringify(one)).toBe(
        answer,
      )
    }
  })

  test('every combination has its rule, and only one', () => {
    for (const one of cases) {
      const { standing, settings } = one
      expect(reach({ wish: { kind: 'call' }, standing, settings, now: NOW })).toBe(expected(callTable, one))
    }
  })
})

describe('who can leave what', () => {
  test('every combination has its rule, and only one', () => {
    let tried = 0
    for (const one of cases) {
      for (const takes of messageSettings) {
        for (const wish of wishes) {
          const left: Left = { ...one, wish, settings: { ...one.settings, ...takes } }
          const { standing, settings } = left
          const decided = reach({ wish, standing, settings, now: NOW })
          if (decided !== expectedQuickly(messageTable, left))
            expect(decided).toBe(expected(messageTable, left))
          tried += 1
        }
      }
    }
    expect(tried).toBe(cases.length * 8 * 5)
  })
})

/** Without an assertion for each of so many; null: not exactly one rule fits. */
function expectedQuickly<About>(table: Rule<About>[], about: About): string | null {
  const fitting = table.filter((rule) => rule.about(about))
  return fitting.length === 1 ? (fitting[0]?.answer ?? null) : null
}

describe('what callers are told', () => {
  const settings = {
    ...defaultSettings,
    acceptVideoSeconds: 90,
    acceptAudioSeconds: 60,
    note: 'Write to me',
    unavailableNote: 'In a meeting',
  }
  const contact: Standing = { contact: true, calledByUs: false, suggested: false, blocked: false }
  const told = (standing: Standing, change: Partial<Settings> = {}) =>
    acceptsFor({ standing, settings: { ...settings, ...change }, now: NOW })
  const all = { video: 90, audio: 60, text: true, note: 'Write to me' }

  test('is what we take, and our line', () => expect(told(contact)).toEqual(all))

  test('is never changed by a block', () => {
    for (const { standing, settings: some } of cases) {
      const of = (blocked: boolean) =>
        acceptsFor({ standing: { ...standing, blocked }, settings: { ...settings, ...some }, now: NOW })
      expect(of(true)).toEqual(of(false))
    }
  })

  test('is why we are not available, while we are not', () => {
    expect(told(contact, { available: false }).note).toBe('In a meeting')
    expect(told(contact, { available: false, unavailableNote: '' }).note).toBe('Write to me')
    expect(told(contact, { available: false, unavailableUntil: NOW }).note).toBe('Write to me')
  })

  test('has no line for strangers', () => {
    expect(told({ ...contact, contact: false })).toEqual({ ...all, note: '' })
    expect(told({ ...contact, contact: false, suggested: true })).toEqual(all)
    expect(told({ ...contact, contact: false, calledByUs: true })).toEqual(all)
  })
})
