import type { Migration } from './migration'

const holdsOf = (callId: string) =>
  `ifnull((SELECT max(kind = 'video') + 2 * max(kind = 'audio') + 4 * max(kind = 'text')
    FROM messages WHERE call_id = ${callId} AND deleted_at IS NULL), 0)`

/**
 * The history's filters, its search, and deleting that can be undone. What a filter or the search must know of other
 * tables is kept by triggers in columns of its own, so that every page walks one index, whoever writes.
 */
export const historyCentre: Migration = {
  version: 20,
  sql: `
    -- deleted, and only there to be brought back; all that went at once has the same time
    ALTER TABLE calls ADD COLUMN deleted_at INTEGER;
    ALTER TABLE messages ADD COLUMN deleted_at INTEGER;
    CREATE INDEX calls_deleted ON calls (deleted_at) WHERE deleted_at IS NOT NULL;
    CREATE INDEX messages_deleted ON messages (deleted_at) WHERE deleted_at IS NOT NULL;

    -- which messages answer a call: 1 video, 2 audio, 4 notes
    ALTER TABLE calls ADD COLUMN holds INTEGER NOT NULL DEFAULT 0;
    -- it came from somebody who is no contact
    ALTER TABLE calls ADD COLUMN stranger INTEGER NOT NULL DEFAULT 0;

    UPDATE calls SET holds = ${holdsOf('calls.id')} WHERE id IN (SELECT call_id FROM messages);
    UPDATE calls SET stranger = 1
      WHERE direction = 'in' AND person_id IN (SELECT id FROM people WHERE contact_since IS NULL);

    DROP INDEX calls_newest_first;
    DROP INDEX calls_missed;
    DROP INDEX calls_by_person;
    DROP INDEX calls_unseen;
    DROP INDEX messages_unplayed;
    CREATE INDEX calls_newest_first ON calls (started_at DESC, id DESC) WHERE deleted_at IS NULL;
    CREATE INDEX calls_missed ON calls (started_at DESC, id DESC)
      WHERE direction = 'in' AND outcome <> 'answered' AND deleted_at IS NULL;
    CREATE INDEX calls_with_messages ON calls (started_at DESC, id DESC) WHERE holds > 0 AND deleted_at IS NULL;
    CREATE INDEX calls_with_video ON calls (started_at DESC, id DESC) WHERE holds > 0 AND (holds & 1) > 0 AND deleted_at IS NULL;
    CREATE INDEX calls_with_audio ON calls (started_at DESC, id DESC) WHERE holds > 0 AND (holds & 2) > 0 AND deleted_at IS NULL;
    CREATE INDEX calls_with_notes ON calls (started_at DESC, id DESC) WHERE holds > 0 AND (holds & 4) > 0 AND deleted_at IS NULL;
    CREATE INDEX calls_outgoing ON calls (started_at DESC, id DESC) WHERE direction = 'out' AND deleted_at IS NULL;
    CREATE INDEX calls_of_strangers ON calls (started_at DESC, id DESC) WHERE stranger = 1 AND deleted_at IS NULL;
    -- the search asks a filter's question of one person's calls: the answers are in the index, and where few calls
    -- pass, only those are
    CREATE INDEX calls_by_person ON calls (person_id, started_at DESC, id DESC, direction, outcome, deleted_at);
    CREATE INDEX calls_by_person_with_messages ON calls (person_id, started_at DESC, id DESC, holds)
      WHERE holds > 0 AND deleted_at IS NULL;
    CREATE INDEX calls_by_stranger ON calls (person_id, started_at DESC, id DESC)
      WHERE stranger = 1 AND deleted_at IS NULL;
    -- these hold all that the counts ask for, so that they read no row
    CREATE INDEX calls_unseen ON calls (stranger, outcome, seen, direction, deleted_at)
      WHERE direction = 'in' AND outcome <> 'answered' AND seen = 0 AND deleted_at IS NULL;
    CREATE INDEX messages_unplayed ON messages (kind, direction, phase, deleted_at)
      WHERE direction = 'in' AND phase = 'unplayed' AND deleted_at IS NULL;

    -- deleted for good: whoever sends it again is told that it arrived, and it stays away
    CREATE TABLE deleted_messages (
      id TEXT PRIMARY KEY,
      sender TEXT
    ) STRICT;

    -- What is searched: people with whom there is any call, and notes. The number is a column of its own, since a
    -- backup (VACUUM INTO) may give the rows of a table without one new numbers.
    CREATE TABLE searchable (
      number INTEGER PRIMARY KEY,
      person_id TEXT UNIQUE,
      message_id TEXT UNIQUE,
      -- of a note: the call that it answers, and when that was
      call_id TEXT,
      started_at INTEGER,
      words TEXT NOT NULL,
      -- nearby addresses are long random letters, so only a long beginning of one means it
      keys TEXT NOT NULL DEFAULT '',
      CHECK ((person_id IS NULL) = (message_id IS NOT NULL))
    ) STRICT;
    CREATE VIRTUAL TABLE search_index USING fts5 (
      words, keys, content = 'searchable', content_rowid = 'number', prefix = '1 2',
      tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
    );
    CREATE TRIGGER searchable_added AFTER INSERT ON searchable BEGIN
      INSERT INTO search_index (rowid, words, keys) VALUES (new.number, new.words, new.keys);
    END;
    CREATE TRIGGER searchable_changed AFTER UPDATE OF words, keys ON searchable BEGIN
      INSERT INTO search_index (search_index, rowid, words, keys) VALUES ('delete', old.number, old.words, old.keys);
      INSERT INTO search_index (rowid, words, keys) VALUES (new.number, new.words, new.keys);
    END;
    CREATE TRIGGER searchable_removed AFTER DELETE ON searchable BEGIN
      INSERT INTO search_index (search_index, rowid, words, keys) VALUES ('delete', old.number, old.words, old.keys);
    END;

    CREATE VIEW words_of_people AS SELECT id AS person_id,
      name || ifnull((SELECT ' ' || group_concat(address, ' ') FROM addresses
        WHERE person_id = people.id AND address NOT LIKE '%@nearby.invalid'), '') AS words,
      ifnull((SELECT group_concat(replace(address, '@nearby.invalid', ''), ' ') FROM addresses
        WHERE person_id = people.id AND address LIKE '%@nearby.invalid'), '') AS keys
      FROM people;
    CREATE VIEW words_of_notes AS SELECT messages.id AS message_id, call_id, calls.started_at, text AS words
      FROM messages JOIN calls ON calls.id = call_id WHERE kind = 'text' AND messages.deleted_at IS NULL;
    INSERT INTO searchable (person_id, words, keys)
      SELECT person_id, words, keys FROM words_of_people WHERE person_id IN (SELECT person_id FROM calls);
    INSERT INTO searchable (message_id, call_id, started_at, words) SELECT * FROM words_of_notes;

    CREATE TRIGGER calls_added_by_strangers AFTER INSERT ON calls
      WHEN new.direction = 'in' AND EXISTS (SELECT 1 FROM people WHERE id = new.person_id AND contact_since IS NULL) BEGIN
      UPDATE calls SET stranger = 1 WHERE id = new.id;
    END;
    CREATE TRIGGER calls_added_first AFTER INSERT ON calls
      WHEN NOT EXISTS (SELECT 1 FROM searchable WHERE person_id = new.person_id) BEGIN
      INSERT INTO searchable (person_id, words, keys)
        SELECT person_id, words, keys FROM words_of_people WHERE person_id = new.person_id;
    END;
    -- two entries of one person were put together
    CREATE TRIGGER calls_moved AFTER UPDATE OF person_id ON calls BEGIN
      UPDATE calls SET stranger = (direction = 'in'
        AND EXISTS (SELECT 1 FROM people WHERE id = new.person_id AND contact_since IS NULL)) WHERE id = new.id;
      INSERT INTO searchable (person_id, words, keys)
        SELECT person_id, words, keys FROM words_of_people
        WHERE person_id = new.person_id AND NOT EXISTS (SELECT 1 FROM searchable WHERE person_id = new.person_id);
    END;
    CREATE TRIGGER people_known AFTER UPDATE OF contact_since ON people
      WHEN (old.contact_since IS NULL) <> (new.contact_since IS NULL) BEGIN
      UPDATE calls SET stranger = new.contact_since IS NULL WHERE person_id = new.id AND direction = 'in';
    END;
    CREATE TRIGGER people_renamed AFTER UPDATE OF name ON people WHEN old.name <> new.name BEGIN
      UPDATE searchable SET (words, keys) = (SELECT words, keys FROM words_of_people WHERE person_id = new.id)
        WHERE person_id = new.id;
    END;
    CREATE TRIGGER people_removed AFTER DELETE ON people BEGIN
      DELETE FROM searchable WHERE person_id = old.id;
    END;
    CREATE TRIGGER addresses_added AFTER INSERT ON addresses BEGIN
      UPDATE searchable SET (words, keys) = (SELECT words, keys FROM words_of_people WHERE person_id = new.person_id)
        WHERE person_id = new.person_id;
    END;
    CREATE TRIGGER addresses_moved AFTER UPDATE OF address, person_id ON addresses BEGIN
      UPDATE searchable SET (words, keys) =
          (SELECT words, keys FROM words_of_people WHERE words_of_people.person_id = searchable.person_id)
        WHERE person_id IN (old.person_id, new.person_id);
    END;
    CREATE TRIGGER addresses_removed AFTER DELETE ON addresses
      WHEN EXISTS (SELECT 1 FROM people WHERE id = old.person_id) BEGIN
      UPDATE searchable SET (words, keys) = (SELECT words, keys FROM words_of_people WHERE person_id = old.person_id)
        WHERE person_id = old.person_id;
    END;

    CREATE TRIGGER messages_added AFTER INSERT ON messages BEGIN
      -- who deletes a missed call may still get the message that answers it
      UPDATE calls SET deleted_at = NULL WHERE id = new.call_id AND deleted_at IS NOT NULL;
      UPDATE calls SET holds = ${holdsOf('new.call_id')} WHERE id = new.call_id;
      INSERT INTO searchable (message_id, call_id, started_at, words)
        SELECT * FROM words_of_notes WHERE message_id = new.id;
    END;
    CREATE TRIGGER messages_hidden AFTER UPDATE OF deleted_at ON messages
      WHEN (old.deleted_at IS NULL) <> (new.deleted_at IS NULL) BEGIN
      UPDATE calls SET holds = ${holdsOf('new.call_id')}
        WHERE id = new.call_id;
      DELETE FROM searchable WHERE message_id = new.id;
      INSERT INTO searchable (message_id, call_id, started_at, words)
        SELECT * FROM words_of_notes WHERE message_id = new.id;
    END;
    CREATE TRIGGER messages_removed AFTER DELETE ON messages BEGIN
      UPDATE calls SET holds = ${holdsOf('old.call_id')}
        WHERE id = old.call_id;
      DELETE FROM searchable WHERE message_id = old.id;
    END;
  `,
}
