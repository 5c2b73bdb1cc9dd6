import { describe, expect, test } from 'vitest'
import {
  expiredBy,
  hasRoom,
  MOST_OF_A_SENDER,
  MOST_REQUESTS,
  requestLine,
} from '../../../main/requests/requestRules'

describe('room in the tray', () => {
  test.each([
    [0, 0, true],
    [MOST_REQUESTS - 1, 0, true],
    [MOST_REQUESTS, 0, false],
    [MOST_OF_A_SENDER - 1, MOST_OF_A_SENDER - 1, true],
    [MOST_OF_A_SENDER, MOST_OF_A_SENDER, false],
  ])('with %i waiting, %i of them theirs: %s', (all, ofSender, room) => {
    expect(hasRoom({ all, ofSender })).toBe(room)
  })
  test('is what was promised', () => expect([MOST_REQUESTS, MOST_OF_A_SENDER]).toEqual([50, 5]))
})

test('a request expires after 30 days', () => {
  const now = Date.parse('2026-03-31T12:00:00Z')
  expect(new Date(expiredBy(now)).toISOString()).toBe('2026-03-01T12:00:00.000Z')
})

describe('the line of a note', () => {
  test.each([
    ['one line', 'Hello\r\nthere\u2028now\ttoo', 'Hello there now too'],
    ['no control characters', 'a\u0000b\u0007c\u001b[31md\u0085e', 'a b c [31md e'],
    ['no turned direction', '\u202emoc.liame\u2066x', 'moc.liame x'],
    ['nothing of what cannot be seen', '\u200b\u2060 \ufeff', ''],
    ['any script', 'שלום 你好 👋🏽', 'שלום 你好 👋🏽'],
  ])('is %s', (_, note, line) => expect(requestLine(note)).toBe(line))

  test('is cut at 120, and not in the middle of a character', () => {
    expect(requestLine('x'.repeat(1_000))).toBe('x'.repeat(120))
    expect(requestLine(`${'x'.repeat(119)}😀`)).toBe('x'.repeat(119))
  })
})
