import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { checkMp4 } from '../../../main/transcoder/mp4Boxes'
import { audioTrack, box, movie, textTrack, videoTrack } from './boxBuilder'

const folder = mkdtempSync(join(tmpdir(), 'aftertone-boxes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const path = join(folder, 'file.mp4')
function check(...boxes: Buffer[]) {
  writeFileSync(path, Buffer.concat(boxes))
  return checkMp4(path)
}
const ftyp = box('ftyp', 'isom')
const mdat = box('mdat', 'media')

describe('what Aftertone makes passes', () => {
  test('a video with sound', async () => {
    expect(await check(ftyp, movie({ video: 'avc1', audio: 'mp4a' }), mdat)).toEqual({
      ok: true,
      value: {
        size: expect.any(Number),
        durationMs: 2_000,
        width: 640,
        height: 360,
        faststart: true,
        hasVideo: true,
        hasAudio: true,
      },
    })
  })

  test('sound alone, and a moov at the end is told', async () => {
    expect(await check(ftyp, box('free'), mdat, movie({ audio: 'mp4a' }))).toMatchObject({
      ok: true,
      value: { faststart: false, hasVideo: false, hasAudio: true, width: null },
    })
  })

  test('a duration in 64 bits', async () => {
    const long = Buffer.alloc(112)
    long[0] = 1
    long.writeUInt32BE(1_000, 20)
    long.writeBigUInt64BE(3_000n, 24)
    expect(await check(ftyp, box('moov', box('mvhd', long), audioTrack('mp4a')), mdat)).toMatchObject({
      ok: true,
      value: { durationMs: 3_000 },
    })
  })
})

describe('anything else does not', () => {
  const good = movie({ video: 'avc1', audio: 'mp4a' })

  test.each<[string, Buffer[], string]>([
    ['nothing', [], 'not-mp4'],
    ['text', [Buffer.from('#EXTM3U\nfile:///etc/hostname\n')], 'not-mp4'],
    ['no ftyp', [good, mdat], 'not-mp4'],
    ['no moov', [ftyp, mdat], 'not-mp4'],
    ['no media', [ftyp, good], 'not-mp4'],
    ['cut off', [Buffer.concat([ftyp, good, mdat]).subarray(0, -1)], 'not-mp4'],
    ['half a box header at the end', [ftyp, good, mdat, Buffer.alloc(5)], 'not-mp4'],
    ['a box smaller than its header', [ftyp, good, mdat, Buffer.from('\0\0\0\x04mdat', 'latin1')], 'not-mp4'],
    ['no mvhd', [ftyp, box('moov', videoTrack('avc1')), mdat], 'not-mp4'],
    ['a timescale of 0', [ftyp, movie({ video: 'avc1', timescale: 0 }), mdat], 'not-mp4'],
    ['fragments', [ftyp, good, box('moof', 'x'), mdat], 'refused'],
    ['a box that we never write', [ftyp, good, mdat, box('uuid', 'x')], 'refused'],
    ['two moovs', [ftyp, good, good, mdat], 'refused'],
    ['a moov of 5 MiB', [ftyp, box('moov', Buffer.alloc(5 * 1024 * 1024)), mdat], 'refused'],
    ['a hundred boxes', [ftyp, good, ...Array<Buffer>(100).fill(mdat)], 'refused'],
    ['VP9', [ftyp, movie({ video: 'vp09', audio: 'mp4a' }), mdat], 'refused'],
    ['Opus', [ftyp, movie({ video: 'avc1', audio: 'Opus' }), mdat], 'refused'],
    ['two pictures', [ftyp, movie({ video: 'avc1', more: [videoTrack('avc1')] }), mdat], 'refused'],
    ['subtitles', [ftyp, movie({ video: 'avc1', more: [textTrack()] }), mdat], 'refused'],
    ['no track', [ftyp, movie(), mdat], 'refused'],
    ['12000 x 12000', [ftyp, movie({ more: [videoTrack('avc1', 12_000, 12_000)] }), mdat], 'refused'],
    ['no duration', [ftyp, movie({ video: 'avc1', durationMs: 0 }), mdat], 'refused'],
    ['49 days', [ftyp, movie({ video: 'avc1', durationMs: 0xffffffff }), mdat], 'refused'],
  ])('%s', async (_, boxes, kind) => {
    expect(await check(...boxes)).toMatchObject({ ok: false, failure: { kind } })
  })

  test('a size in 64 bits that is beyond the file', async () => {
    const huge = Buffer.from('\0\0\0\x01mdat\x7f\xff\xff\xff\xff\xff\xff\xff', 'latin1')
    expect(await check(ftyp, good, huge)).toMatchObject({ ok: false, failure: { kind: 'not-mp4' } })
  })

  test('a missing file, a folder, a link, a named pipe', async () => {
    expect(await checkMp4(join(folder, 'none'))).toMatchObject({ ok: false, failure: { kind: 'missing' } })
    expect(await checkMp4(folder)).toMatchObject({ ok: false, failure: { kind: 'not-mp4' } })
    if (process.platform === 'win32') return
    await check(ftyp, good, mdat)
    symlinkSync(path, join(folder, 'link'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    expect(await checkMp4(join(folder, 'link'))).toMatchObject({ ok: false, failure: { kind: 'not-mp4' } })
    expect(await checkMp4(join(folder, 'pipe'))).toMatchObject({ ok: false, failure: { kind: 'not-mp4' } })
  })

  test('no flipped bytes make it throw', async () => {
    const whole = Buffer.concat([ftyp, good, mdat])
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
        async (flips) => {
          const bytes = Buffer.from(whole)
          for (const [at, value] of flips) bytes[at] = value
          await check(bytes)
        },
      ),
    )
  })
})
