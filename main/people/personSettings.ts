import type { Database } from 'better-sqlite3'
import type { z } from 'zod'
import type { Handlers } from '../../preload/contract/channels'
import {
  type PersonSettings,
  type PersonSettingsRequests,
  personSettingSchemas,
} from '../../preload/contract/personSettings'
import { failed, ok } from '../../preload/contract/result'
import type { Settings } from '../../preload/contract/settings'
import { prepared } from '../database/prepared'
import type { Log } from '../log'
import { findPerson } from './peopleStore'

type Row = {
  accept_video_seconds: number | null
  accept_audio_seconds: number | null
  accept_notes: number | null
  keep_messages: string | null
}

const asForEverybody: PersonSettings = {
  acceptVideoSeconds: null,
  acceptAudioSeconds: null,
  acceptNotes: null,
  keepMessages: null,
}

export type PersonSettingsService = {
  handlers: Handlers<PersonSettingsRequests>
  /** The settings as they are for one person. */
  settingsFor(personId: string): Settings
}

/** What one person may leave and how long it is kept, where that differs from the settings. */
export function createPersonSettings({
  db,
  log,
  settings,
}: {
  db: Database
  log: Log
  settings: { get(): Settings }
}): PersonSettingsService {
  return {
    handlers: {
      'personSettings/get': ({ personId }) => read(db, log, personId),
      'personSettings/change': ({ personId, change }) => {
        if (!findPerson(db, personId)) return failed({ kind: 'person-unknown' })
        const { acceptVideoSeconds, acceptAudioSeconds, acceptNotes, keepMessages } = change
        const before = read(db, log, personId)
        const now: PersonSettings = {
          acceptVideoSeconds:
            acceptVideoSeconds === undefined ? before.acceptVideoSeconds : acceptVideoSeconds,
          acceptAudioSeconds:
            acceptAudioSeconds === undefined ? before.acceptAudioSeconds : acceptAudioSeconds,
          acceptNotes: acceptNotes === undefined ? before.acceptNotes : acceptNotes,
          keepMessages: keepMessages === undefined ? before.keepMessages : keepMessages,
        }
        write(db, personId, now)
        return ok(now)
      },
    },
    settingsFor(personId) {
      const forAll = settings.get()
      const own = read(db, log, personId)
      return {
        ...forAll,
        acceptVideoSeconds: own.acceptVideoSeconds ?? forAll.acceptVideoSeconds,
        acceptAudioSeconds: own.acceptAudioSeconds ?? forAll.acceptAudioSeconds,
        acceptNotes: own.acceptNotes ?? forAll.acceptNotes,
        keepMessages: own.keepMessages ?? forAll.keepMessages,
      }
    },
  }
}

/** A damaged value is as for everybody, with a line in the log. */
function read(db: Database, log: Log, personId: string): PersonSettings {
  const row = prepared<Row>(
    db,
    `SELECT accept_video_seconds, accept_audio_seconds, accept_notes, keep_messages
     FROM person_settings WHERE person_id = ?`,
  ).get(personId)
  if (!row) return asForEverybody
  const checked = <Value>(schema: z.ZodType<Value>, value: unknown): Value | null => {
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    log.warn('a setting of a person was damaged and is as for everybody')
    return null
  }
  const { accept_notes: notes } = row
  return {
    acceptVideoSeconds: checked(personSettingSchemas.acceptVideoSeconds, row.accept_video_seconds),
    acceptAudioSeconds: checked(personSettingSchemas.acceptAudioSeconds, row.accept_audio_seconds),
    acceptNotes: notes === null ? null : notes === 1,
    keepMessages: checked(personSettingSchemas.keepMessages, row.keep_messages),
  }
}

function write(db: Database, personId: string, own: PersonSettings): void {
  prepared(
    db,
    `INSERT INTO person_settings
       (person_id, accept_video_seconds, accept_audio_seconds, accept_notes, keep_messages)
     VALUES (:personId, :video, :audio, :notes, :keep)
     ON CONFLICT (person_id) DO UPDATE SET accept_video_seconds = :video, accept_audio_seconds = :audio,
       accept_notes = :notes, keep_messages = :keep`,
  ).run({
    personId,
    video: own.acceptVideoSeconds,
    audio: own.acceptAudioSeconds,
    notes: own.acceptNotes === null ? null : Number(own.acceptNotes),
    keep: own.keepMessages,
  })
}
