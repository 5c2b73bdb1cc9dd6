import { expect, test } from 'vitest'
import { failureParameters, failureText } from '../../../../renderer/app/failureTexts'
import { acceptsWords } from '../../../../renderer/people/acceptsWords'
import { reportLines } from '../../../../renderer/people/importWords'
import { t } from '../../../../renderer/text/text'

const nothing = {
  added: 0,
  merged: 0,
  unchanged: 0,
  suggested: 0,
  noAddress: 0,
  ourselves: 0,
  blocked: 0,
  conflicting: 0,
  unreadable: 0,
}

test('a report says what was added, and of the rest only what there is', () => {
  expect(reportLines(nothing)).toEqual(['0 people were added.'])
  expect(reportLines({ ...nothing, added: 87, noAddress: 312, unreadable: 1 })).toEqual([
    '87 people were added.',
    '312 of 400 people have no address that Aftertone can call.',
    '1 entry couldn’t be read.',
  ])
})

test.each([
  [null, 'Not known yet. You will see it when you call.'],
  [{ video: 0, audio: 0, text: false, note: '' }, 'No messages'],
  [{ video: 180, audio: 0, text: true, note: '' }, 'Video up to 3 minutes · Notes'],
  [{ video: 0, audio: 90, text: false, note: '' }, 'Audio up to 1 minute 30 seconds'],
])('what somebody takes: %j', (accepts, words) => {
  expect(acceptsWords(accepts)).toBe(words)
})

test('a failure that names somebody says the name', () => {
  const failure = { kind: 'already-contact', personId: 'x', name: 'Ana' }
  const key = failureText(failure)
  expect(key && t(key, failureParameters(failure))).toBe('Ana has this address already.')
  expect(failureParameters({ kind: 'own-address' })).toEqual({})
  expect(failureParameters(null)).toEqual({})
})
