import { describe, expect, test } from 'vitest'
import { checkHead } from '../../../../main/network/nearby/download'

const head = (...lines: string[]): string => lines.join('\r\n')
const outcome = (text: string | null, start: number): string => {
  const checked = checkHead(text, start, 12)
  return checked.ok ? 'ok' : checked.failure.kind
}

describe('the head of a response', () => {
  for (const [what, text, start, expected] of [
    ['the whole file', head('HTTP/1.1 200 OK', 'Content-Length: 12'), 0, 'ok'],
    [
      'the rest',
      head('HTTP/1.1 206 Partial Content', 'content-length:5', 'CONTENT-RANGE: bytes 7-11/12'),
      7,
      'ok',
    ],
    ['nothing', null, 0, 'interrupted'],
    ['another protocol', 'SSH-2.0-OpenSSH', 0, 'interrupted'],
    ['no length', head('HTTP/1.1 200 OK'), 0, 'damaged'],
    ['another length', head('HTTP/1.1 200 OK', 'Content-Length: 13'), 0, 'damaged'],
    ['chunks', head('HTTP/1.1 200 OK', 'Content-Length: 12', 'Transfer-Encoding: chunked'), 0, 'interrupted'],
    ['the whole file in place of the rest', head('HTTP/1.1 200 OK', 'Content-Length: 12'), 7, 'interrupted'],
    [
      'another part',
      head('HTTP/1.1 206 OK', 'Content-Length: 5', 'Content-Range: bytes 6-10/12'),
      7,
      'interrupted',
    ],
    ['a part of no place', head('HTTP/1.1 206 OK', 'Content-Length: 5'), 7, 'interrupted'],
    ['not found', head('HTTP/1.1 404 Not Found'), 0, 'gone'],
    ['no longer', head('HTTP/1.1 410 Gone'), 0, 'gone'],
    ['no such range', head('HTTP/1.1 416 Range Not Satisfiable'), 7, 'damaged'],
    [
      'a redirect',
      head('HTTP/1.1 302 Found', 'Location: https://example.org/', 'Content-Length: 12'),
      0,
      'interrupted',
    ],
    ['an error', head('HTTP/1.1 500 Oops', 'Content-Length: 12'), 0, 'interrupted'],
  ] as const) {
    test(`with ${what} is ${expected}`, () => expect(outcome(text, start)).toBe(expected))
  }
})
