import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createLogs } from '../../main/log'

const folder = mkdtempSync(join(tmpdir(), 'aftertone-log-'))
const file = join(folder, 'aftertone.log')
const homes = ['/home/Zoë Bloom', 'C:\\Users\\Zoë Bloom', '/Users/zoë', '/srv/people/zoë bloom/profile', '/']
const log = createLogs(file, homes)('test')
afterAll(() => rmSync(folder, { recursive: true }))

/** What is written of one message. */
function written(message: string, detail?: unknown): string {
  log.info(message, detail)
  return readFileSync(file, 'utf8').split('(test)').at(-1)?.trim() ?? ''
}

const key = 'abcd'.repeat(13)
const bug = (text: string, stack: string) =>
  Object.assign(new Error(text), { stack: `Error: ${text}\n    at ${stack}` })

/** What is said, and what of it must not be read. */
const secrets: [what: string, message: string, detail: unknown, hidden: string[]][] = [
  ['a Windows path', 'no ffmpeg', { path: 'C:\\Users\\anna\\Videos\\ffmpeg.exe' }, ['anna', 'Videos']],
  ['a Windows path in a list', 'x', { paths: ['D:\\Private\\anna\\x\\a.mp4'] }, ['Private', 'anna']],
  [
    'a Windows path in JSON in a text',
    '{"path":"C:\\\\Users\\\\anna\\\\Videos\\\\a.mp4"}',
    undefined,
    ['anna', 'Videos'],
  ],
  ['a Windows share', 'x', { path: '\\\\server\\anna\\films\\a.mp4' }, ['server', 'anna']],
  [
    'a user name with spaces',
    'read C:\\Users\\Anna Maria Stein\\a.mp4',
    undefined,
    ['Anna', 'Maria', 'Stein'],
  ],
  [
    'a folder with spaces',
    'x',
    { path: '/mnt/Anna Maria/Love letters/a.mp4' },
    ['Anna', 'Maria', 'Love', 'letters'],
  ],
  ['our home', 'cwd is /home/Zoë Bloom', undefined, ['Zoë', 'Bloom']],
  ['our home, Windows', 'cwd is c:/users/Zoë Bloom.', undefined, ['Zoë', 'Bloom']],
  ['our home as a URL', 'at file:///home/Zo%C3%AB%20Bloom/x.js', undefined, ['Zo%', 'Bloom']],
  ['our home as a URL, Windows', 'at file:///C:/Users/Zo%C3%AB%20Bloom/x.js', undefined, ['Zo%', 'Bloom']],
  [
    'our profile elsewhere',
    'opened /srv/people/zoë bloom/profile/data',
    undefined,
    ['zoë', 'bloom', 'people'],
  ],
  [
    'an error',
    'broke',
    bug("ENOENT, open '/home/Anna Maria/x.mp4'", 'f (/opt/anna/app/x.js:1:2)'),
    ['Anna', 'Maria', '/opt', 'anna'],
  ],
  ['an error, Windows', 'broke', bug('no', 'f (C:\\Users\\Zoë Bloom\\app\\x.js:1:2)'), ['Zoë', 'Bloom']],
  [
    'an error in a detail',
    'broke',
    { error: bug('no 10.0.0.7', 'f (C:\\Users\\anna\\app\\x.js:1:2)') },
    ['10.0.0.7', 'anna'],
  ],
  [
    'names and words',
    'x',
    { name: 'Anna "the" Stein', note: 'Back at\nfive', text: 'secret', list: [{ title: 'Films' }] },
    ['Anna', 'Stein', 'Back', 'five', 'secret', 'Films'],
  ],
  ['names in JSON', 'heard {"name":"Anna \\"the\\" Stein"}', undefined, ['Anna', 'Stein']],
  ['a key', `peer ${key}`, { key, [key]: 1 }, [key, key.slice(0, 5)]],
  [
    'an address',
    `peer ${key}@nearby.invalid`,
    { from: 'anna@example.org', 'bea@example.org': 1 },
    [key, 'anna', 'bea', 'example.org'],
  ],
  ['a token', 'x', { source: `https://${key}.nearby.invalid/m/To-ken_12` }, [key, 'To-ken_12']],
  ['an invite', 'x', { link: `aftertone:add?key=${key}&name=Anna` }, [key, 'Anna']],
  ['an IPv4 address', 'dialling 192.168.1.20:5222', { host: '10.0.0.7' }, ['192.168', '10.0']],
  ...[
    'fe80::1ff:fe23:4567:890a',
    'FE80::12%eth0',
    '2001:db8:1:2:3:4:5:6',
    '::1',
    '::ffff:192.168.1.20',
  ].flatMap((ip): [string, string, unknown, string[]][] => [
    [`the address ${ip}`, `dialling ${ip}`, { host: ip }, [ip]],
    [`the address ${ip} with its port`, `dialling [${ip}]:5222`, { at: `ECONNREFUSED ${ip}:5222` }, [ip]],
    [`the address ${ip} in a sentence`, `lost ${ip}: it is gone`, undefined, [ip]],
  ]),
]

test.each(secrets)('%s is not written', (_what, message, detail, hidden) => {
  const line = written(message, detail)
  expect(line).not.toBe('')
  for (const secret of hidden) expect(line).not.toContain(secret)
})

test.each([
  ['plain words', 'a call began at 12:34:56', undefined, 'a call began at 12:34:56'],
  [
    'numbers and short ids',
    'x',
    { callId: 'a1b2', seq: 3, on: true, none: null },
    'x {"callId":"a1b2","seq":3,"on":true,"none":null}',
  ],
  ['the file of a path', 'x', { path: 'C:\\Users\\anna\\a b.mp4' }, 'x {"path":"<path>/a b.mp4"}'],
  ['the start of a key', 'x', { key }, 'x {"key":"abcd…"}'],
  [
    'the options of ffmpeg',
    'ffmpeg -i /home/Anna Maria/a/b.webm -f mp4 /tmp/c/d.mp4',
    undefined,
    'ffmpeg -i <path>/b.webm -f mp4 <path>/d.mp4',
  ],
  [
    'where a bug was',
    'x',
    bug('no', 'f (/opt/anna/app/x.js:1:2)'),
    'x Error: no\n    at f (<path>/x.js:1:2)',
  ],
  ['the size of bytes', 'x', { poster: new Uint8Array(9) }, 'x {"poster":"<9 bytes>"}'],
])('%s is still to be read', (_what, message, detail, line) => {
  expect(written(message, detail)).toBe(line)
})

test('a detail that holds itself is no trouble', () => {
  const round: Record<string, unknown> = { seq: 1 }
  round.again = round
  expect(written('x', round)).toContain('"seq":1')
})
