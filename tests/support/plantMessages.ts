import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, truncateSync } from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'

const DAY = 24 * 3_600_000
const MEGABYTE = 1_000_000

type Planted = {
  name: string
  /** Null: not played yet. */
  playedDaysAgo: number | null
  /** A playable file; without one it is a megabyte of nothing. */
  file?: string
  kind?: 'video' | 'audio'
}

/** Writes video messages of the past into a profile whose app does not run, a person and a call for each. */
export function plantMessages(folder: string, messages: Planted[]) {
  const db = new Sqlite(path.join(folder, 'data/aftertone.db'))
  const media = path.join(folder, 'data/messages')
  mkdirSync(media, { recursive: true })
  const now = Date.now()
  const ids = new Map<string, string>()
  messages.forEach(({ name, playedDaysAgo, file, kind = 'video' }, index) => {
    const [person, call, message] = [randomUUID(), randomUUID(), randomUUID()]
    ids.set(name, message)
    const at = now - (playedDaysAgo ?? 1) * DAY - 60_000 * (index + 1)
    const address = `${name.toLowerCase()}@example.org`
    db.prepare('INSERT INTO people (id, name, contact_since) VALUES (?, ?, 1)').run(person, name)
    db.prepare('INSERT INTO addresses (address, person_id) VALUES (?, ?)').run(address, person)
    db.prepare(
      `INSERT INTO calls (id, person_id, direction, media, started_at, phase, ended_at, outcome, seen, late)
       VALUES (?, ?, 'in', 'video', ?, 'ended', ?, 'unanswered', 1, 0)`,
    ).run(call, person, at, at + 1)
    const waveform = kind === 'audio' ? JSON.stringify(Array.from({ length: 120 }, (_, n) => n % 100)) : null
    db.prepare(
      `INSERT INTO messages (id, call_id, person_id, direction, kind, sent_at, duration_ms, width, height, size,
         waveform, sender, phase, played_at)
       VALUES (?, ?, ?, 'in', ?, ?, 20000, 640, 360, ?, ?, ?, ?, ?)`,
    ).run(
      ...[message, call, person, kind, at, MEGABYTE, waveform, address],
      playedDaysAgo === null ? 'unplayed' : 'played',
      playedDaysAgo === null ? null : now - playedDaysAgo * DAY,
    )
    const target = path.join(media, `${message}.mp4`)
    if (file) copyFileSync(file, target)
    else {
      copyFileSync(import.meta.filename, target)
      truncateSync(target, MEGABYTE)
    }
  })
  db.close()
  return {
    /** The names of a person's files that are still there. */
    files: (name: string) => readdirSync(media).filter((file) => file.includes(ids.get(name) ?? '-')),
  }
}
