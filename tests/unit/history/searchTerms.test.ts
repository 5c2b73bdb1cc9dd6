import { describe, expect, it } from 'vitest'
import { searchTerms } from '../../../main/history/searchTerms'

describe('what is searched for', () => {
  it.each<[typed: string, match: string | null, literal: string[]]>([
    ['bob', '(words : "bob" *)', []],
    ['  Bob   Smith ', '(words : "Bob" *) AND (words : "Smith" *)', []],
    // Eight letters may begin a nearby address.
    ['margarete', '("margarete" *)', []],
    ['bob@example.org', '("bob@example.org" *)', []],
    ['abcdefgh@nearby.invalid', '("abcdefgh" *)', []],
    // Operators are words like any other.
    ['bob OR NEAR(eve)', '(words : "bob" *) AND (words : "OR" *) AND ("NEAR(eve)" *)', []],
    ['words:bob', '("words:bob" *)', []],
    ['say "hi"', '(words : "say" *) AND (words : """hi""" *)', []],
    ['b*', '(words : "b*" *)', []],
    ['-bob', '(words : "-bob" *)', []],
    // What has no letter is looked for as it is.
    ['"', null, ['"']],
    ['*', null, ['*']],
    ['🎉 party', '(words : "party" *)', ['🎉']],
    // Scripts without spaces are found anywhere.
    ['明天', null, ['明天']],
    ['Bob明天', '(words : "Bob" *)', ['明天']],
    ['สวัสดี', null, ['สวัสดี']],
    ['नमस्ते', '(words : "नमस्ते" *)', []],
    ['שלום', '(words : "שלום" *)', []],
  ])('%s', (typed, match, literal) => {
    expect(searchTerms(typed)).toEqual({ match, literal })
  })

  it.each(['', '   ', '\n\t', '\0'])('nothing at all: %j', (typed) => {
    expect(searchTerms(typed)).toBeNull()
  })
})
