import { expect, test } from 'vitest'
import { cleanAccepts, readAccepts, writeAccepts } from '../../../main/people/accepts'

const told = { video: 180, audio: 300, text: true, note: 'Back at five' }

test('comes back as it was written', () => {
  expect(readAccepts(writeAccepts(told))).toEqual(told)
  expect(readAccepts(writeAccepts(null))).toBeNull()
})

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"video":1}',
  '{"video":"180","audio":300,"text":true,"note":""}',
  '{"video":-1,"audio":0,"text":true,"note":""}',
])('a damaged column is as good as never told: %s', (column) => {
  expect(readAccepts(column)).toBeNull()
})

test.each([
  [
    { ...told, video: 1e9, audio: -5 },
    { ...told, video: 3_600, audio: 0 },
  ],
  [
    { ...told, video: Number.NaN, audio: 12.7 },
    { ...told, video: 0, audio: 12 },
  ],
  [
    { ...told, note: `\u202e${'n'.repeat(500)}` },
    { ...told, note: 'n'.repeat(200) },
  ],
])('what a peer says is kept within bounds: %j', (said, kept) => {
  expect(cleanAccepts(said)).toEqual(kept)
})
