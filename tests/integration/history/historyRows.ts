import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'

/** Fills a database with people, calls and messages that look like years of use; the same for the same counts. */
export function fillHistory(db: Database, counts: { people: number; calls: number; messages: number }): void {
  const person = db.prepare('INSERT INTO people (id, name, contact_since) VALUES (?, ?, ?)')
  const address = db.prepare('INSERT INTO addresses (address, person_id) VALUES (?, ?)')
  const call = db.prepare(
    `INSERT INTO calls (id, person_id, direction, media, started_at, phase, connected_at, ended_at, outcome, seen, late)
     VALUES (?, ?, ?, ?, ?, 'ended', ?, ?, ?, ?, 0)`,
  )
  const message = db.prepare(
    `INSERT INTO messages (id, call_id, person_id, direction, kind, sent_at, text, duration_ms, size, waveform, phase)
     VALUES (@id, @callId, @personId, @direction, @kind, @sentAt, @text, @durationMs, @size, @waveform, @phase)`,
  )
  const outcomes = ['answered', 'unanswered', 'declined', 'answered', 'cancelled', 'busy'] as const
  const kinds = ['video', 'text', 'audio', 'video', 'text'] as const
  db.transaction(() => {
    const people = Array.from({ length: counts.people }, (_, n) => {
      const id = randomUUID()
      // Every tenth is nobody that we saved.
      person.run(id, `Person ${n}`, n % 10 === 9 ? null : 1)
      address.run(`person${n}@example.org`, id)
      return id
    })
    const everyNth = Math.max(1, Math.floor(counts.calls / counts.messages))
    for (let n = 0; n < counts.calls; n++) {
      const id = randomUUID()
      const personId = people[n % people.length]
      const direction = n % 3 === 0 ? 'out' : 'in'
      const outcome = outcomes[n % outcomes.length] ?? 'answered'
      // Several calls share a time, so that an order by time alone would skip or repeat some.
      const at = 1_600_000_000_000 + Math.floor(n / 3) * 60_000
      const isUnseen = n % 50 === 1 && outcome !== 'answered' && direction === 'in'
      const since = outcome === 'answered' ? at + 5_000 : null
      call.run(
        id,
        personId,
        direction,
        n % 2 ? 'audio' : 'video',
        at,
        since,
        at + 30_000,
        outcome,
        isUnseen ? 0 : 1,
      )
      if (n % everyNth !== 0) continue
      const phase =
        direction === 'out' ? 'delivered' : Math.floor(n / everyNth) % 2 === 1 ? 'unplayed' : 'played'
      const kind = kinds[Math.floor(n / everyNth) % kinds.length] ?? 'text'
      message.run({
        id: randomUUID(),
        callId: id,
        personId,
        direction,
        kind,
        sentAt: at + 40_000,
        text: kind === 'text' ? `Note ${n}` : null,
        durationMs: kind === 'text' ? null : 20_000,
        size: kind === 'text' ? null : 1_000_000,
        waveform: kind === 'audio' ? '[]' : null,
        phase,
      })
    }
  })()
}
