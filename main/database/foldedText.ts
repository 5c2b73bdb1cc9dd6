const MARKS = /\p{M}+/gu

/** A text as it is sorted and searched: no capitals, no accents, single spaces. `' Zoë  Ruiz'` → `'zoe ruiz'` */
export const foldedText = (text: string): string =>
  text.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(/\s+/g, ' ').trim()
