import type { Migration } from './migration'

/** Calls, people, takes, messages, outbox, settings. Times are milliseconds since the epoch, ids are UUIDs. */
export const first: Migration = {
  version: 10,
  sql: `
    CREATE TABLE people (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      contact_since INTEGER,
      verified_at INTEGER,
      blocked_at INTEGER
    ) STRICT;

    CREATE TABLE addresses (
      address TEXT PRIMARY KEY,
      person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      -- host:port to try where discovery does not reach
      endpoint TEXT,
      -- what they last said they take, as JSON
      accepts TEXT
    ) STRICT;
    CREATE INDEX addresses_by_person ON addresses (person_id);

    CREATE TABLE contact_requests (
      address TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      -- peers may ask again at every connection; a dismissed request stays dismissed
      dismissed_at INTEGER
    ) STRICT;

    CREATE TABLE calls (
      id TEXT PRIMARY KEY,
      person_id TEXT NOT NULL REFERENCES people (id),
      direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
      media TEXT NOT NULL CHECK (media IN ('audio', 'video')),
      started_at INTEGER NOT NULL,
      phase TEXT NOT NULL CHECK (phase IN ('dialing', 'ringing', 'connecting', 'connected', 'ended')),
      rings_until INTEGER,
      connected_at INTEGER,
      ended_at INTEGER,
      outcome TEXT,
      -- what the called person takes, as JSON; null: not told
      accepts TEXT,
      seen INTEGER NOT NULL,
      late INTEGER NOT NULL,
      CHECK ((phase = 'ended') = (outcome IS NOT NULL)),
      CHECK ((phase = 'ended') = (ended_at IS NOT NULL))
    ) STRICT;
    CREATE INDEX calls_newest_first ON calls (started_at DESC, id DESC);
    CREATE INDEX calls_by_person ON calls (person_id, started_at DESC, id DESC);
    -- a missed call is an incoming one that ended any other way than answered; only what has ended has an outcome
    CREATE INDEX calls_missed ON calls (started_at DESC, id DESC)
      WHERE direction = 'in' AND outcome <> 'answered';
    -- holds all that the count asks for, so that it reads no row
    CREATE INDEX calls_unseen ON calls (outcome, seen, direction)
      WHERE direction = 'in' AND outcome <> 'answered' AND seen = 0;
    CREATE INDEX calls_open ON calls (id) WHERE phase <> 'ended';

    CREATE TABLE takes (
      id TEXT PRIMARY KEY,
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('audio', 'video')),
      mime_type TEXT NOT NULL,
      phase TEXT NOT NULL CHECK (phase IN ('recording', 'preparing', 'ready', 'failed')),
      problem TEXT,
      started_at INTEGER NOT NULL,
      duration_ms INTEGER,
      width INTEGER,
      height INTEGER,
      size INTEGER,
      -- 120 peaks, 0..100, as JSON
      waveform TEXT
    ) STRICT;
    CREATE INDEX takes_by_call ON takes (call_id);

    CREATE TABLE messages (
      id TEXT PRIMARY KEY,
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      person_id TEXT NOT NULL REFERENCES people (id),
      direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
      kind TEXT NOT NULL CHECK (kind IN ('text', 'audio', 'video')),
      sent_at INTEGER NOT NULL,
      text TEXT,
      duration_ms INTEGER,
      width INTEGER,
      height INTEGER,
      size INTEGER,
      sha256 TEXT,
      waveform TEXT,
      -- incoming: the address that sent it, and where its file is fetched from
      sender TEXT,
      source TEXT,
      phase TEXT NOT NULL
        CHECK (phase IN ('waiting', 'sending', 'stored', 'delivered', 'played', 'failed', 'fetching', 'unplayed')),
      problem TEXT,
      -- of what is sent or fetched right now, 0..1
      progress REAL NOT NULL DEFAULT 0,
      played_at INTEGER,
      -- incoming: it was played here, and the sender was not there to be told
      receipt_owed INTEGER NOT NULL DEFAULT 0,
      CHECK ((kind = 'text') = (text IS NOT NULL))
    ) STRICT;
    CREATE INDEX messages_by_call ON messages (call_id, sent_at);
    CREATE INDEX messages_unplayed ON messages (id) WHERE direction = 'in' AND phase = 'unplayed';
    CREATE INDEX messages_on_their_way ON messages (sent_at, id)
      WHERE phase IN ('waiting', 'sending', 'fetching');
    CREATE INDEX messages_owing_receipts ON messages (sender) WHERE receipt_owed = 1;

    -- what still has to reach somebody: messages and calls that they missed while out of reach
    CREATE TABLE outbox (
      id TEXT PRIMARY KEY,
      address TEXT NOT NULL,
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      message_id TEXT REFERENCES messages (id) ON DELETE CASCADE,
      queued_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX outbox_by_address ON outbox (address, queued_at);

    CREATE TABLE settings (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT;
  `,
}
