import type { Migration } from './migration'

/** One tray for all that strangers want: being added, as before, and messages. */
export const requests: Migration = {
  version: 40,
  sql: `
    CREATE TABLE requests (
      -- the message's id; the address of who asks to be a contact, since everybody asks that once
      id TEXT PRIMARY KEY,
      address TEXT NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('contact', 'text', 'audio', 'video')),
      -- the beginning of a note
      line TEXT NOT NULL,
      duration_ms INTEGER,
      received_at INTEGER NOT NULL,
      -- declined or expired; its sender goes on trying, so it is kept to be known again
      closed_at INTEGER
    ) STRICT;
    CREATE INDEX requests_by_address ON requests (address);
    CREATE INDEX requests_open ON requests (received_at) WHERE closed_at IS NULL;

    INSERT INTO requests (id, address, name, kind, line, received_at, closed_at)
      SELECT address, address, name, 'contact', '', received_at, dismissed_at FROM contact_requests;
    DROP TABLE contact_requests;
  `,
}
