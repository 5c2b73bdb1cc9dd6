import { expect, test } from 'vitest'
import { foldedText } from '../../../main/database/foldedText'

test.each([
  [' Zoë  RUIZ ', 'zoe ruiz'],
  ['Ünïcödé', 'unicode'],
  ['ﬁn', 'fin'],
  ['山田 太郎', '山田 太郎'],
  ['НАТАЛЬЯ', 'наталья'],
  ['👩‍👧 Ana', '👩‍👧 ana'],
  ['%_*"', '%_*"'],
  ['', ''],
])('%j is sorted and searched as %j', (text, folded) => {
  expect(foldedText(text)).toBe(folded)
})
