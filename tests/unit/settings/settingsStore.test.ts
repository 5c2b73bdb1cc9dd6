import Sqlite, { type Database } from 'better-sqlite3'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { first } from '../../../main/database/migrations/0010-first'
import { type Log, silentLog } from '../../../main/log'
import { createSettings } from '../../../main/settings/settingsStore'
import { defaultSettings } from '../../../preload/contract/settings'

let db: Database
const publish = vi.fn()
const warnings: string[] = []
const log: Log = { ...silentLog, warn: (message) => warnings.push(message) }
const settings = () => createSettings({ db, log, publish })
const store = (name: string, value: string) =>
  db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(name, value)

beforeEach(() => {
  db = new Sqlite(':memory:')
  db.exec(first.sql)
  publish.mockClear()
  warnings.length = 0
})

describe('settings', () => {
  test('begin at their defaults', () => {
    expect(settings().get()).toEqual(defaultSettings)
    expect(warnings).toEqual([])
  })

  test('a change is kept, published and told', () => {
    const first = settings()
    const listener = vi.fn()
    const stop = first.onChange(listener)
    const changed = first.handlers['settings/change']({ name: 'Ana', ringSeconds: 30 })
    expect(changed).toEqual({ ...defaultSettings, name: 'Ana', ringSeconds: 30 })
    expect(publish).toHaveBeenCalledExactlyOnceWith('settings/changed', changed)
    expect(listener).toHaveBeenCalledExactlyOnceWith(changed)
    expect(settings().get()).toEqual(changed)

    stop()
    first.handlers['settings/change']({ name: 'Ana Ruiz' })
    expect(listener).toHaveBeenCalledOnce()
  })

  test('a change to what is so already is none', () => {
    settings().handlers['settings/change']({ name: '', look: 'system', note: undefined })
    expect(publish).not.toHaveBeenCalled()
    expect(db.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(0)
  })

  test.each([
    ['ringSeconds', '5'],
    ['ringSeconds', '"45"'],
    ['look', '"pink"'],
    ['acceptNotes', 'yes'],
    ['note', 'null'],
    ['name', JSON.stringify('x'.repeat(101))],
    ['speakerId', '7'],
    ['notificationPreview', '"everything"'],
    ['keepMessages', '"29-days"'],
    ['keepMessages', '{'],
    ['available', '0'],
    ['unavailableUntil', '-1'],
    ['unavailableUntil', '"15:00"'],
    ['whoCanRing', '"nobody"'],
    ['silenceUnknown', 'null'],
    ['acceptAudioSeconds', '301'],
  ])('a damaged %s (%s) falls back alone, with a line in the log', (name, value) => {
    store('countdownSeconds', '5')
    store(name, value)
    expect(settings().get()).toEqual({ ...defaultSettings, countdownSeconds: 5 })
    expect(warnings).toEqual([expect.stringContaining(name)])
  })

  test('every setting survives a restart', () => {
    const changed = {
      name: 'Ana',
      welcomed: true,
      ringSeconds: 60,
      countdownSeconds: 0,
      acceptVideoSeconds: 30,
      acceptAudioSeconds: 0,
      acceptNotes: false,
      note: 'Later',
      playedReceipts: false,
      available: false,
      unavailableUntil: 1_800_000_000_000,
      unavailableNote: 'In a meeting',
      whoCanRing: 'contacts',
      silenceUnknown: true,
      look: 'dark',
      cameraId: 'c',
      microphoneId: 'm',
      speakerId: 's',
      notificationPreview: 'nothing',
      keepMessages: '30-days',
      emergencyNoteSeen: true,
    } as const
    settings().handlers['settings/change'](changed)
    expect(settings().get()).toMatchObject(changed)
    expect(warnings).toEqual([])
  })

  test('what another version keeps is left for it', () => {
    store('transcripts', 'true')
    store('toString', 'true')
    expect(settings().get()).toEqual(defaultSettings)
    settings().handlers['settings/change']({ name: 'Ana' })
    expect(db.prepare("SELECT value FROM settings WHERE name = 'transcripts'").pluck().get()).toBe('true')
    expect(warnings).toEqual([])
  })
})
