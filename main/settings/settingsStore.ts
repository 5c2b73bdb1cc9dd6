import type { Database } from 'better-sqlite3'
import type { Handlers, Publish } from '../../preload/contract/channels'
import {
  defaultSettings,
  type Settings,
  type SettingsEvents,
  type SettingsRequests,
  settingSchemas,
} from '../../preload/contract/settings'
import { prepared } from '../database/prepared'
import type { Log } from '../log'

type Change = { [Name in keyof Settings]?: Settings[Name] | undefined }

export type SettingsService = {
  handlers: Handlers<SettingsRequests>
  get(): Settings
  change(change: Partial<Settings>): Settings
  /** Called after each change; returns the unsubscriber. */
  onChange(listener: (settings: Settings) => void): () => void
}

/** Keeps the settings in the database; each one lies there by itself, as JSON. */
export function createSettings({
  db,
  log,
  publish,
}: {
  db: Database
  log: Log
  publish: Publish<SettingsEvents>
}): SettingsService {
  let current = readSettings(db, log)
  const listeners = new Set<(settings: Settings) => void>()

  function change(wanted: Change): Settings {
    const changed = changedSettings(current, wanted)
    if (changed.length === 0) return current
    writeSettings(db, changed)
    current = { ...current, ...Object.fromEntries(changed) }
    publish('settings/changed', current)
    for (const listener of listeners) listener(current)
    return current
  }

  return {
    handlers: { 'settings/get': () => current, 'settings/change': change },
    get: () => current,
    change,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A value that was damaged, or that this version does not take, falls back to its default. */
function readSettings(db: Database, log: Log): Settings {
  const stored: Record<string, unknown> = {}
  for (const { name, value } of prepared<{ name: string; value: string }>(
    db,
    'SELECT name, value FROM settings',
  ).all()) {
    const schema = Object.hasOwn(settingSchemas, name) ? settingSchemas[name as keyof Settings] : null
    // A setting of another version is kept for it, unread.
    if (!schema) continue
    const parsed = schema.safeParse(parseJson(value))
    if (parsed.success) stored[name] = parsed.data
    else log.warn(`setting ${name} was damaged and is back at its default`)
  }
  return { ...defaultSettings, ...stored }
}

function writeSettings(db: Database, changed: [string, unknown][]): void {
  const write = prepared(
    db,
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  db.transaction(() => {
    for (const [name, value] of changed) write.run(name, JSON.stringify(value))
  })()
}

function changedSettings(current: Settings, wanted: Change): [string, unknown][] {
  const before: Record<string, unknown> = current
  return Object.entries(wanted).filter(([name, value]) => value !== undefined && before[name] !== value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
