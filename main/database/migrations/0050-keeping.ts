import type { Migration } from './migration'

/** What is kept and for how long: the pin, rules of one person, traces of what a rule removed, and sums of sizes. */
export const keeping: Migration = {
  version: 50,
  sql: `
    -- pinned by the person: no rule deletes it
    ALTER TABLE messages ADD COLUMN kept INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1));
    -- the storage meter reads this alone, never the rows
    CREATE INDEX messages_sizes ON messages (size) WHERE size IS NOT NULL;
    CREATE INDEX takes_sizes ON takes (size) WHERE size IS NOT NULL;
    CREATE INDEX messages_under_rules ON messages (played_at) WHERE phase = 'played' AND kept = 0;
    CREATE INDEX messages_unplayed_newest ON messages (sent_at DESC, id DESC)
      WHERE direction = 'in' AND phase = 'unplayed';

    -- where this person differs from the settings; null is as for everybody
    CREATE TABLE person_settings (
      person_id TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
      accept_video_seconds INTEGER,
      accept_audio_seconds INTEGER,
      accept_notes INTEGER,
      keep_messages TEXT
    ) STRICT;

    -- a rule removed it: its call says so, and it is not taken again when it is sent again
    CREATE TABLE removed_messages (
      id TEXT PRIMARY KEY,
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      -- of an incoming one: the address that it came from
      sender TEXT,
      removed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX removed_messages_by_call ON removed_messages (call_id);
  `,
}
