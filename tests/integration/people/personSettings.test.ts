import type { Database } from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Log, silentLog } from '../../../main/log'
import { insertPerson } from '../../../main/people/peopleStore'
import { createPersonSettings } from '../../../main/people/personSettings'
import { defaultSettings, type Settings } from '../../../preload/contract/settings'
import { testDatabase } from '../database/testDatabase'
import { BOB } from '../messages/rows'

const ANNA = '00000000-0000-4000-8000-00000000000a'
let db: Database
let forAll: Settings
let warnings: string[]

beforeEach(() => {
  db = testDatabase()
  forAll = { ...defaultSettings, acceptVideoSeconds: 60, note: 'Back at five' }
  warnings = []
  insertPerson(db, { id: ANNA, name: 'Anna', address: BOB })
})

const log: Log = { ...silentLog, warn: (message) => warnings.push(message) }
const service = () => createPersonSettings({ db, log, settings: { get: () => forAll } })
const nothing = { acceptVideoSeconds: null, acceptAudioSeconds: null, acceptNotes: null, keepMessages: null }

describe('settings of one person', () => {
  it('are as for everybody until they differ', () => {
    expect(service().handlers['personSettings/get']({ personId: ANNA })).toEqual(nothing)
    expect(service().settingsFor(ANNA)).toEqual(forAll)
    expect(service().settingsFor('nobody')).toEqual(forAll)
  })

  it('change one by one, are kept, and go back to everybody’s', () => {
    const change = service().handlers['personSettings/change']
    expect(change({ personId: ANNA, change: { acceptVideoSeconds: 0, acceptNotes: false } })).toEqual({
      ok: true,
      value: { ...nothing, acceptVideoSeconds: 0, acceptNotes: false },
    })
    change({ personId: ANNA, change: { keepMessages: '30-days' } })
    expect(service().settingsFor(ANNA)).toEqual({
      ...forAll,
      acceptVideoSeconds: 0,
      acceptNotes: false,
      keepMessages: '30-days',
    })
    change({ personId: ANNA, change: { acceptVideoSeconds: null } })
    expect(service().settingsFor(ANNA).acceptVideoSeconds).toBe(60)
  })

  it('follow everybody’s at once where they say nothing', () => {
    forAll = { ...forAll, acceptVideoSeconds: 30 }
    expect(service().settingsFor(ANNA).acceptVideoSeconds).toBe(30)
  })

  it('a damaged value is as for everybody, alone, with a line in the log', () => {
    service().handlers['personSettings/change']({
      personId: ANNA,
      change: { acceptVideoSeconds: 30, acceptAudioSeconds: 60 },
    })
    db.exec("UPDATE person_settings SET accept_video_seconds = -5, keep_messages = 'now and then'")
    expect(service().settingsFor(ANNA)).toEqual({ ...forAll, acceptAudioSeconds: 60 })
    expect(warnings).toHaveLength(2)
  })

  it('are refused for somebody who is not there', () => {
    const change = service().handlers['personSettings/change']
    expect(change({ personId: 'nobody', change: { acceptNotes: true } })).toEqual({
      ok: false,
      failure: { kind: 'person-unknown' },
    })
  })
})
