import { expect, test } from 'vitest'
import { type SuggestionFacts, suggestionReason } from '../../../main/people/suggestions'

const facts: SuggestionFacts = {
  contact: false,
  blocked: false,
  refused: false,
  answered: 0,
  imported: false,
}

test.each<[Partial<SuggestionFacts>, ReturnType<typeof suggestionReason>]>([
  [{}, null],
  [{ answered: 1 }, null],
  [{ answered: 2 }, 'answered'],
  [{ answered: 9 }, 'answered'],
  [{ imported: true }, 'imported'],
  [{ imported: true, answered: 1 }, 'imported'],
  [{ imported: true, answered: 2 }, 'answered'],
  [{ answered: 2, contact: true }, null],
  [{ answered: 2, blocked: true }, null],
  [{ answered: 2, refused: true }, null],
  [{ imported: true, contact: true }, null],
  [{ imported: true, blocked: true }, null],
  [{ imported: true, refused: true }, null],
])('%j: %s', (change, reason) => {
  expect(suggestionReason({ ...facts, ...change })).toBe(reason)
})
