import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { silentLog } from '../../../main/log'
import { runFfmpegJob } from '../../../main/transcoder/ffmpegJob'
import { RECORDER_SOUND_LAG } from '../../../main/transcoder/plan'
import * as media from '../../support/media'
import { canMountSmallDisk, mountSmallDisk } from '../../support/smallDisk'
import {
  feed,
  leftovers,
  neverStopped,
  prepare,
  slowFfmpeg,
  temporaryFolder,
  transcoderWith,
} from './workshop'

const packetsOf = (probed: media.Probed, type: string) =>
  Number(probed.streams.find((each) => each.codec_type === type)?.nb_read_packets)

describe('a recording becomes a message', () => {
  test('H.264 is copied to the same file that the live path makes', async () => {
    const folder = temporaryFolder()
    const recording = await media.h264Recording({ seconds: 4 })
    const transcoder = transcoderWith()
    const fractions: number[] = []
    const batch = await transcoder.prepare({
      ...{ kind: 'video', input: recording, output: join(folder, 'batch.mp4'), durationMs: 4_000 },
      ...{ stop: neverStopped, progress: (fraction: number) => fractions.push(fraction) },
    })
    const live = transcoder.openLive({ kind: 'video', mimeType: '', output: join(folder, 'live.mp4') })
    feed(live, recording)
    const lived = await live.finish()

    expect(batch).toMatchObject({ ok: true })
    expect(lived).toMatchObject({ ok: true })
    if (!batch.ok || !lived.ok) return
    expect(Math.abs(batch.value.durationMs - 4_000)).toBeLessThan(50)
    expect(batch.value.waveform).toEqual(lived.value.waveform)
    expect(Math.max(...batch.value.waveform)).toBeGreaterThan(20)
    expect(readFileSync(batch.value.path).equals(readFileSync(lived.value.path))).toBe(true)
    expect(fractions.at(-1)).toBe(1)
    expect(fractions).toEqual([...fractions].sort((one, other) => one - other))
    expect(leftovers(folder)).toEqual([])
  })

  test('VP8 with uneven frames is encoded with the frames that it has, not a thousand a second', async () => {
    const recording = await media.vp8Recording({ seconds: 4 })
    const output = join(temporaryFolder(), 'final.mp4')
    const result = await prepare(transcoderWith(), { input: recording, output, durationMs: 4_000 })
    expect(result).toMatchObject({ ok: true, value: { width: 640, height: 360 } })
    if (!result.ok) return
    expect(Math.abs(result.value.durationMs - 4_000)).toBeLessThan(50)
    const [before, after] = [await media.probe(recording), await media.probe(output)]
    expect(Math.abs(packetsOf(after, 'video') - packetsOf(before, 'video'))).toBeLessThanOrEqual(2)
    expect(after.streams).toMatchObject([{ codec_name: 'h264' }, { codec_name: 'aac' }])
    expect(await media.decodeErrors(output)).toBe('')
  })

  test('odd sides are made even', async () => {
    const output = join(temporaryFolder(), 'final.mp4')
    const input = await media.oddSizedRecording({ seconds: 1 })
    expect(await prepare(transcoderWith(), { input, output })).toMatchObject({
      ok: true,
      value: { width: 640, height: 360 },
    })
  })

  test('audio', async () => {
    const output = join(temporaryFolder(), 'final.m4a')
    const input = await media.audioRecording({ seconds: 3 })
    expect(
      await prepare(transcoderWith(), { kind: 'audio', input, output, durationMs: 3_000 }),
    ).toMatchObject({ ok: true })
    expect((await media.probe(output)).streams).toMatchObject([{ codec_name: 'aac', channels: 1 }])
  })

  test.each(['h264', 'vp8'] as const)(
    'a %s spool that a crash cut off gives all that is in it',
    async (codec) => {
      const folder = temporaryFolder()
      const whole = readFileSync(
        codec === 'h264'
          ? await media.h264Recording({ seconds: 4 })
          : await media.vp8Recording({ seconds: 4 }),
      )
      const input = join(folder, 'spool')
      writeFileSync(input, whole.subarray(0, Math.round(whole.length * 0.63)))
      const result = await prepare(transcoderWith(), { input, output: join(folder, 'final.mp4') })
      expect(result).toMatchObject({ ok: true })
      if (!result.ok) return
      expect(result.value.durationMs).toBeGreaterThan(1_500)
      expect(result.value.durationMs).toBeLessThan(3_500)
    },
  )

  test('sound and picture stay in step, live and in batch', async () => {
    const folder = temporaryFolder()
    const recording = await media.syncRecording({ seconds: 10 })
    const transcoder = transcoderWith()
    const live = transcoder.openLive({ kind: 'video', mimeType: '', output: join(folder, 'live.mp4') })
    feed(live, recording)
    expect(await live.finish()).toMatchObject({ ok: true })
    const batch = await prepare(transcoder, { input: recording, output: join(folder, 'batch.mp4') })
    expect(batch).toMatchObject({ ok: true })

    const before = await media.syncOffsets(recording)
    expect(before.length).toBeGreaterThanOrEqual(8)
    for (const name of ['live.mp4', 'batch.mp4']) {
      const after = await media.syncOffsets(join(folder, name))
      expect(after).toHaveLength(before.length)
      // What the recorder stamps too late is taken back, and nothing else moves.
      const moved = media.mean(after) - media.mean(before)
      expect(Math.abs(moved - RECORDER_SOUND_LAG * 1_000)).toBeLessThan(5)
      expect(Math.max(...after.map(Math.abs))).toBeLessThan(20)
    }
  })
})

describe('what is no recording is refused', () => {
  const playlist = '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n'
  test.each<[string, string | Buffer]>([
    ['zero bytes', ''],
    ['text', 'not media\n'.repeat(1_000)],
    ['a playlist that is called .mkv', playlist],
    ['a list of other files', "ffconcat version 1.0\nfile '/etc/hostname'\n"],
  ])('%s', async (_, bytes) => {
    const folder = temporaryFolder()
    const input = join(folder, 'evil.mkv')
    writeFileSync(input, bytes)
    const output = join(folder, 'final.mp4')
    expect(await prepare(transcoderWith(), { input, output })).toMatchObject({
      ok: false,
      failure: { kind: 'not-media' },
    })
    expect(readdirSync(folder)).toEqual(['evil.mkv'])
  })

  test('a header and then junk', async () => {
    const folder = temporaryFolder()
    const begin = readFileSync(await media.h264Recording({ seconds: 4 })).subarray(0, 700)
    const input = join(folder, 'spool')
    writeFileSync(input, Buffer.concat([begin, Buffer.alloc(300_000, 0xa7)]))
    const result = await prepare(transcoderWith(), { input, output: join(folder, 'final.mp4') })
    expect(result.ok).toBe(false)
    expect(readdirSync(folder)).toEqual(['spool'])
  })

  test('nothing, a folder, a link, a named pipe', async () => {
    const folder = temporaryFolder()
    const at = (name: string) => ({ input: join(folder, name), output: join(folder, 'final.mp4') })
    mkdirSync(join(folder, 'folder'))
    const transcoder = transcoderWith()
    expect(await prepare(transcoder, at('none'))).toMatchObject({ failure: { kind: 'input-missing' } })
    expect(await prepare(transcoder, at('folder'))).toMatchObject({ failure: { kind: 'not-media' } })
    symlinkSync(await media.h264Recording({ seconds: 4 }), join(folder, 'link'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    expect(await prepare(transcoder, at('link'))).toMatchObject({ failure: { kind: 'not-media' } })
    expect(await prepare(transcoder, at('pipe'))).toMatchObject({ failure: { kind: 'not-media' } })
  })

  test('a recording that is much shorter than it should be', async () => {
    const folder = temporaryFolder()
    const input = await media.h264Recording({ seconds: 4 })
    const result = await prepare(transcoderWith(), {
      input,
      output: join(folder, 'final.mp4'),
      durationMs: 9_000,
    })
    expect(result).toMatchObject({ ok: false, failure: { kind: 'bad-output' } })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('cancelled', () => {
  const workIn = async (folder: string) => ({
    input: await media.silentRecording({ seconds: 30, size: '320x180' }),
    output: join(folder, 'final.mp4'),
  })

  test('while it runs: the process is gone, and so is what it wrote', async () => {
    const folder = temporaryFolder('cancel-')
    const stop = new AbortController()
    const transcoder = transcoderWith(slowFfmpeg(temporaryFolder('slow-')))
    const job = prepare(transcoder, { ...(await workIn(folder)), stop: stop.signal })
    await vi.waitFor(() => expect(leftovers(folder)).toHaveLength(1), 20_000)
    expect(await media.ffmpegsIn(folder)).toHaveLength(1)
    stop.abort()
    expect(await job).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
    expect(await media.ffmpegsIn(folder)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  test('before its process is there, and before it was asked', async () => {
    const folder = temporaryFolder('cancel-')
    const transcoder = transcoderWith(slowFfmpeg(temporaryFolder('slow-')))
    const stop = new AbortController()
    const work = { ...(await workIn(folder)), stop: stop.signal }
    const job = prepare(transcoder, work)
    stop.abort()
    expect(await job).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
    expect(await prepare(transcoder, work)).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
    expect(await media.ffmpegsIn(folder)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  test('between the question what ffmpeg can do and its start', async () => {
    const folder = temporaryFolder('cancel-')
    const stop = new AbortController()
    const { input, output } = await workIn(folder)
    const job = runFfmpegJob({
      ffmpeg: slowFfmpeg(temporaryFolder('slow-')),
      arguments: {
        options: ['-nostdin', '-y'],
        source: input,
        outputs: [{ options: ['-f', 'mp4'], target: output }],
      },
      ...{ stop: stop.signal, limitMs: 60_000, stallMs: 60_000, log: silentLog },
    })
    stop.abort()
    expect(await job).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
    expect(await media.ffmpegsIn(folder)).toEqual([])
  })

  test('in the queue, while others go on', async () => {
    const folder = temporaryFolder('queue-')
    const { input } = await workIn(folder)
    const transcoder = transcoderWith(slowFfmpeg(temporaryFolder('slow-')))
    const jobs = Array.from({ length: 4 }, (_, at) => {
      const stop = new AbortController()
      const job = { input, output: join(folder, `${at}.mp4`), stop: stop.signal }
      return { stop, done: prepare(transcoder, job) }
    })
    await vi.waitFor(() => expect(leftovers(folder).length).toBeGreaterThan(0), 20_000)
    const last = jobs.at(-1)
    last?.stop.abort()
    expect(await last?.done).toMatchObject({
      ok: false,
      failure: { kind: 'cancelled', detail: 'before its turn' },
    })
    const running = await media.ffmpegsIn(folder)
    expect(running.length).toBeGreaterThan(0)
    expect(running.length).toBeLessThanOrEqual(2)
    await transcoder.stop()
    for (const job of jobs)
      expect(await job.done).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
    expect(await media.ffmpegsIn(folder)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a disk that cannot take it', () => {
  test.skipIf(!canMountSmallDisk)('full before it starts (needs root on Linux to mount one)', async () => {
    const disk = mountSmallDisk('size=2m')
    try {
      const input = await media.h264Recording({ seconds: 4 })
      const output = join(disk.path, 'final.mp4')
      expect(await prepare(transcoderWith(), { input, output })).toMatchObject({
        failure: { kind: 'disk-full' },
      })
      expect(readdirSync(disk.path)).toEqual([])
    } finally {
      disk.unmount()
    }
  })

  test.skipIf(!canMountSmallDisk)('full while it runs, live (needs root on Linux to mount one)', async () => {
    const disk = mountSmallDisk('size=500k')
    try {
      const live = transcoderWith().openLive({
        kind: 'video',
        mimeType: '',
        output: join(disk.path, 'final.mp4'),
      })
      feed(live, await media.h264Recording({ seconds: 4 }))
      expect(await live.finish()).toMatchObject({ ok: false, failure: { kind: 'disk-full' } })
      expect(readdirSync(disk.path)).toEqual([])
    } finally {
      disk.unmount()
    }
  })

  test.skipIf(!canMountSmallDisk)(
    'filled by others while it runs, in batch (needs root on Linux to mount one)',
    async () => {
      const disk = mountSmallDisk('size=8m')
      try {
        const input = await media.h264Recording({ seconds: 4 })
        const output = join(disk.path, 'final.mp4')
        const job = prepare(transcoderWith(slowFfmpeg(temporaryFolder('slow-'))), { input, output })
        await vi.waitFor(() => expect(leftovers(disk.path)).toHaveLength(1), 20_000)
        expect(() => writeFileSync(join(disk.path, 'other'), Buffer.alloc(8 * 1024 * 1024))).toThrow('ENOSPC')
        expect(await job).toMatchObject({ ok: false, failure: { kind: 'disk-full' } })
        expect(readdirSync(disk.path)).toEqual(['other'])
      } finally {
        disk.unmount()
      }
    },
  )

  test.skipIf(!canMountSmallDisk)('read-only (needs root on Linux to mount one)', async () => {
    const disk = mountSmallDisk('size=50m,ro')
    try {
      const input = await media.h264Recording({ seconds: 4 })
      const output = join(disk.path, 'final.mp4')
      expect(await prepare(transcoderWith(), { input, output })).toMatchObject({
        failure: { kind: 'output-unwritable' },
      })
    } finally {
      disk.unmount()
    }
  })

  test('gone', async () => {
    const input = await media.h264Recording({ seconds: 4 })
    const output = join(temporaryFolder(), 'gone', 'final.mp4')
    expect(await prepare(transcoderWith(), { input, output })).toMatchObject({
      failure: { kind: 'output-unwritable' },
    })
  })

  test('a folder that stands where the file should', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'final.mp4'))
    const input = await media.h264Recording({ seconds: 4 })
    const output = join(folder, 'final.mp4')
    expect(await prepare(transcoderWith(), { input, output })).toMatchObject({
      failure: { kind: 'output-unwritable' },
    })
    expect(leftovers(folder)).toEqual([])
  })
})

describe('a poster', () => {
  test('of a recording and of a finished file, 320 wide', async () => {
    const folder = temporaryFolder('poster-')
    const transcoder = transcoderWith()
    const recording = await media.h264Recording({ seconds: 4 })
    const finished = join(folder, 'final.mp4')
    expect(await prepare(transcoder, { input: recording, output: finished })).toMatchObject({ ok: true })
    for (const input of [recording, finished]) {
      const output = join(folder, 'poster.jpg')
      expect(await transcoder.poster({ input, output })).toEqual({ ok: true, value: null })
      expect((await media.probe(output)).streams).toMatchObject([
        { codec_name: 'mjpeg', width: 320, height: 180 },
      ])
    }
    expect(readdirSync(folder).sort()).toEqual(['final.mp4', 'poster.jpg'])
  })

  test('of a take of a third of a second', async () => {
    const output = join(temporaryFolder(), 'poster.jpg')
    const input = await media.silentRecording({ seconds: 0.3 })
    expect(await transcoderWith().poster({ input, output })).toEqual({ ok: true, value: null })
    expect(existsSync(output)).toBe(true)
  })

  test('of sound there is none', async () => {
    const folder = temporaryFolder()
    const input = await media.audioRecording({ seconds: 3 })
    const result = await transcoderWith().poster({ input, output: join(folder, 'poster.jpg') })
    expect(result.ok).toBe(false)
    expect(readdirSync(folder)).toEqual([])
  })
})
