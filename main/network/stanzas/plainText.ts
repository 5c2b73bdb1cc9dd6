/** What XML 1.0 cannot carry, besides halves of surrogate pairs. */
const UNSENDABLE = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu

export const sendable = (text: string): string => text.toWellFormed().replace(UNSENDABLE, '')

/** A stranger's words for one line of ours: no line breaks, and nothing that turns the writing around it. */
export const cleanLine = (line: string, mostCharacters: number): string =>
  line
    .toWellFormed()
    .replace(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, ' ')
    .trim()
    .slice(0, mostCharacters)
    .toWellFormed()

export const cleanName = (name: string): string => cleanLine(name, 100)
