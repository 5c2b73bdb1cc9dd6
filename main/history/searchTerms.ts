/** What the index is asked, and what has to stand in the words as it is. */
export type SearchTerms = {
  /** An FTS5 expression; null when no term is one for the index. */
  match: string | null
  literal: string[]
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}\p{Co}]/u
/** Scripts that put no space between words, which the index would take for one long word. */
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}][\p{M}ー]*/u
const RUNS = new RegExp(`(?:${SPACELESS.source})+|(?:(?!${SPACELESS.source})\\S)+`, 'gu')

const NEARBY = '@nearby.invalid'
/** So many letters of a nearby address mean it, not a name. */
const SHORTEST_KEY = 8

/**
 * What somebody typed, as plain text: no character of it is an operator. Each term is the beginning of a word, all
 * of them must be there; null when nothing was typed.
 */
export function searchTerms(typed: string): SearchTerms | null {
  const runs = typed.replaceAll(NEARBY, ' ').replaceAll('\0', ' ').match(RUNS) ?? []
  if (runs.length === 0) return null
  const isWord = (run: string) => LETTER_OR_DIGIT.test(run) && !SPACELESS.test(run)
  const words = runs.filter(isWord).map((word) => {
    const phrase = `"${word.replaceAll('"', '""')}" *`
    return word.length < SHORTEST_KEY ? `words : ${phrase}` : phrase
  })
  return {
    match: words.length > 0 ? words.map((word) => `(${word})`).join(' AND ') : null,
    literal: runs.filter((run) => !isWord(run)),
  }
}
