import type { Migration } from './migration'

/**
 * Contacts as an address book has them: sorted and searched by name, several addresses each, and who is suggested.
 * `folded` is `foldedText`, which `openDatabase` lends to the steps.
 */
export const contacts: Migration = {
  version: 30,
  sql: `
    ALTER TABLE people ADD COLUMN sort_name TEXT NOT NULL DEFAULT '';
    UPDATE people SET sort_name = folded(name);
    CREATE INDEX people_contacts ON people (sort_name, id) WHERE contact_since IS NOT NULL;

    -- a number belongs to one key: an address that is added later is not verified by what was compared before
    ALTER TABLE addresses ADD COLUMN verified_at INTEGER;
    UPDATE addresses SET verified_at = (SELECT people.verified_at FROM people WHERE people.id = person_id);
    ALTER TABLE people DROP COLUMN verified_at;

    -- when a file of contacts named them
    ALTER TABLE people ADD COLUMN imported_at INTEGER;
    -- taken off the suggestions: what counts happens after it
    ALTER TABLE people ADD COLUMN suggestion_removed_at INTEGER;
    -- said "Never"
    ALTER TABLE people ADD COLUMN suggestion_refused_at INTEGER;
    CREATE INDEX calls_answered ON calls (person_id, started_at) WHERE outcome = 'answered';
  `,
}
