import { expect, test } from 'vitest'
import { z } from 'zod'
import { readJsonColumn } from '../../../main/database/jsonColumn'

const peaks = z.array(z.int().min(0).max(100))

test.each([
  ['[1,2,100]', [1, 2, 100]],
  [null, null],
  ['', null],
  ['[1,2', null],
  ['[101]', null],
  ['{"0":1}', null],
])('%s reads as %j', (column, value) => {
  expect(readJsonColumn(peaks, column)).toEqual(value)
})
