import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mediaAddress, mediaProtocol } from '../../../main/electron/mediaProtocol'

const KNOWN = '0b7cf3a0-4b5e-4f0b-9d53-3a5c2f7f9a11'
const EMPTY = '1b7cf3a0-4b5e-4f0b-9d53-3a5c2f7f9a11'
const LOST = '2b7cf3a0-4b5e-4f0b-9d53-3a5c2f7f9a11'
const UNKNOWN = '3b7cf3a0-4b5e-4f0b-9d53-3a5c2f7f9a11'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'aftertone-media-'))
  await writeFile(path.join(folder, 'known'), '0123456789')
  await writeFile(path.join(folder, 'empty'), '')
})
afterAll(() => rm(folder, { recursive: true }))

const file = (name: string, mimeType: string) => ({ path: path.join(folder, name), mimeType })

function ask(url: string, range?: string, method = 'GET') {
  const answer = mediaProtocol(
    {
      take: (id) => (id === EMPTY ? file('empty', 'video/mp4') : null),
      message(id) {
        if (id === LOST) return file('lost', 'video/mp4')
        return id === KNOWN ? file('known', 'video/mp4') : null
      },
      poster: () => file('known', 'image/jpeg'),
    },
    'app://aftertone',
  )
  return answer(new Request(url, { method, headers: range ? { range } : {} }))
}

describe('mediaAddress', () => {
  test('names a take, a message or a poster by its id', () => {
    expect(mediaAddress(`media://take/${KNOWN}`)).toEqual({ kind: 'take', id: KNOWN })
    expect(mediaAddress(`media://poster/${KNOWN}`)).toEqual({ kind: 'poster', id: KNOWN })
  })

  test.each([
    `media://other/${KNOWN}`,
    `media://toString/${KNOWN}`,
    `media://message/${KNOWN}/x`,
    `media://message/..%2f${KNOWN}`,
    `media://message/${KNOWN}%00`,
    'media://message/etc/passwd',
    `app://message/${KNOWN}`,
    'media://message/',
    'nonsense',
  ])('%s names nothing', (url) => {
    expect(mediaAddress(url)).toBeNull()
  })
})

describe('mediaProtocol', () => {
  test('gives the whole file, readable by our page only', async () => {
    const answer = await ask(`media://message/${KNOWN}`)
    expect([answer.status, await answer.text()]).toEqual([200, '0123456789'])
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': 'app://aftertone',
      'accept-ranges': 'bytes',
      'content-length': '10',
      'content-type': 'video/mp4',
    })
  })

  test('gives a part', async () => {
    const answer = await ask(`media://message/${KNOWN}`, 'bytes=2-4')
    expect([answer.status, await answer.text()]).toEqual([206, '234'])
    expect(answer.headers.get('content-range')).toBe('bytes 2-4/10')
    expect(answer.headers.get('content-length')).toBe('3')
  })

  test('says how long the file is when asked beyond its end', async () => {
    const answer = await ask(`media://message/${KNOWN}`, 'bytes=10-')
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  })

  test('an empty file is empty, not an error', async () => {
    const answer = await ask(`media://take/${EMPTY}`)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })

  test.each([
    ['an unknown id', `media://message/${UNKNOWN}`],
    ['a file that is gone', `media://message/${LOST}`],
    ['no id', 'media://message/..%2f..%2fetc%2fpasswd'],
  ])('%s is not found', async (_what, url) => {
    expect((await ask(url)).status).toBe(404)
  })

  test('only GET is answered', async () => {
    expect((await ask(`media://message/${KNOWN}`, undefined, 'DELETE')).status).toBe(404)
  })
})
