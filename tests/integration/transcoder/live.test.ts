import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import * as media from '../../support/media'
import {
  fakeFfmpeg,
  feed,
  hangingFfmpeg,
  leftovers,
  prepare,
  temporaryFolder,
  transcoderWith,
} from './workshop'

const video = { kind: 'video', mimeType: 'video/x-matroska;codecs=avc1,opus' } as const
const audio = { kind: 'audio', mimeType: 'audio/webm;codecs=opus' } as const

async function transcodeLive(recording: string, kind: 'video' | 'audio', output: string) {
  const live = transcoderWith().openLive({ kind, mimeType: '', output })
  feed(live, recording)
  return live.finish()
}

describe('a finished file is there at the end of the recording', () => {
  test('video: the picture as it was recorded, AAC, faststart, a waveform', async () => {
    const folder = temporaryFolder()
    const recording = await media.h264Recording({ seconds: 4 })
    const output = join(folder, 'final.mp4')
    const result = await transcodeLive(recording, 'video', output)

    expect(result).toMatchObject({ ok: true, value: { path: output, width: 640, height: 360 } })
    if (!result.ok) return
    expect(result.value.waveform).toHaveLength(120)
    expect(Math.max(...result.value.waveform)).toBeGreaterThan(20)
    expect(Math.abs(result.value.durationMs - 4_000)).toBeLessThan(50)

    const [before, after] = [await media.probe(recording), await media.probe(output)]
    const stream = (probed: media.Probed, type: string) =>
      probed.streams.find((each) => each.codec_type === type)
    expect(after.streams).toHaveLength(2)
    expect(stream(after, 'video')).toMatchObject({ codec_name: 'h264' })
    expect(stream(after, 'audio')).toMatchObject({ codec_name: 'aac', channels: 1 })
    expect(stream(after, 'video')?.nb_read_packets).toBe(stream(before, 'video')?.nb_read_packets)
    expect(await media.decodeErrors(output)).toBe('')
    const bytes = readFileSync(output)
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
    expect(leftovers(folder)).toEqual([])
  })

  test('video from a stereo microphone stays stereo', async () => {
    const output = join(temporaryFolder(), 'final.mp4')
    expect(await transcodeLive(await media.stereoRecording({ seconds: 2 }), 'video', output)).toMatchObject({
      ok: true,
    })
    expect((await media.probe(output)).streams).toContainEqual(expect.objectContaining({ channels: 2 }))
  })

  test('video without a microphone', async () => {
    const output = join(temporaryFolder(), 'final.mp4')
    const result = await transcodeLive(await media.silentRecording({ seconds: 2 }), 'video', output)
    expect(result).toMatchObject({ ok: true, value: { durationMs: 2_000, waveform: Array(120).fill(0) } })
    expect((await media.probe(output)).streams.map((stream) => stream.codec_name)).toEqual(['h264'])
  })

  test('video whose microphone gave nothing', async () => {
    const output = join(temporaryFolder(), 'final.mp4')
    const result = await transcodeLive(await media.deadSoundRecording({ seconds: 2 }), 'video', output)
    expect(result).toMatchObject({ ok: true, value: { waveform: Array(120).fill(0) } })
  })

  test('video that was recorded as fragmented MP4', async () => {
    const output = join(temporaryFolder(), 'final.mp4')
    const result = await transcodeLive(await media.mp4Recording({ seconds: 2 }), 'video', output)
    expect(result).toMatchObject({ ok: true, value: { width: 640 } })
    expect(await media.decodeErrors(output)).toBe('')
  })

  test('audio: a mono M4A', async () => {
    const output = join(temporaryFolder(), 'final.m4a')
    const result = await transcodeLive(await media.audioRecording({ seconds: 3 }), 'audio', output)
    expect(result).toMatchObject({ ok: true, value: { width: null, height: null } })
    if (!result.ok) return
    expect(Math.abs(result.value.durationMs - 3_000)).toBeLessThan(50)
    expect(Math.max(...result.value.waveform)).toBeGreaterThan(20)
    const { format, streams } = await media.probe(output)
    expect(streams).toMatchObject([{ codec_name: 'aac', channels: 1 }])
    expect(format.format_name).toContain('m4a')
    expect(readFileSync(output).toString('latin1', 8, 12)).toBe('M4A ')
  })

  test('a header that comes byte by byte', async () => {
    const output = join(temporaryFolder(), 'final.m4a')
    const live = transcoderWith().openLive({ ...audio, output })
    const bytes = readFileSync(await media.audioRecording({ seconds: 3 }))
    for (let at = 0; at < 400; at += 1) live.write(bytes.subarray(at, at + 1))
    live.write(new Uint8Array())
    live.write(bytes.subarray(400))
    expect(await live.finish()).toMatchObject({ ok: true })
  })
})

describe('when it cannot work, it says so at the end and leaves nothing', () => {
  test('VP8 is left to the batch path', async () => {
    const folder = temporaryFolder()
    const recording = await media.vp8Recording({ seconds: 2 })
    const output = join(folder, 'final.mp4')
    expect(await transcodeLive(recording, 'video', output)).toMatchObject({
      ok: false,
      failure: { kind: 'ffmpeg-failed' },
    })
    expect(await prepare(transcoderWith(), { input: recording, output })).toMatchObject({ ok: true })
  })

  test.each<[string, Uint8Array, string]>([
    ['nothing at all', new Uint8Array(), 'not-media'],
    ['a playlist', Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n'), 'not-media'],
    ['a header and then junk', Buffer.alloc(3_000_000, 0xa7), 'not-media'],
  ])('%s', async (name, bytes, kind) => {
    const folder = temporaryFolder()
    const live = transcoderWith().openLive({ ...video, output: join(folder, 'final.mp4') })
    if (name.startsWith('a header'))
      live.write(readFileSync(await media.h264Recording({ seconds: 4 })).subarray(0, 40))
    live.write(bytes)
    expect(await live.finish()).toMatchObject({ ok: false, failure: { kind } })
    expect(leftovers(folder)).toEqual([])
  })

  test('no ffmpeg', async () => {
    const folder = temporaryFolder()
    const live = transcoderWith(join(folder, 'none')).openLive({
      ...video,
      output: join(folder, 'final.mp4'),
    })
    feed(live, await media.h264Recording({ seconds: 4 }))
    expect(await live.finish()).toMatchObject({ ok: false, failure: { kind: 'ffmpeg-missing' } })
  })

  test('an ffmpeg that dies in the middle takes no more and is told with its last words', async () => {
    const folder = temporaryFolder('dies-')
    const ffmpeg = fakeFfmpeg(folder, 'head -c 30000 > /dev/null; echo "it hurts" >&2; exit 9')
    const live = transcoderWith(ffmpeg).openLive({ ...video, output: join(folder, 'final.mp4') })
    const recording = await media.h264Recording({ seconds: 4 })
    feed(live, recording)
    feed(live, recording)
    expect(await live.finish()).toEqual({
      ok: false,
      failure: { kind: 'ffmpeg-failed', detail: 'exit code 9: it hurts' },
    })
  })

  test('an ffmpeg that is content before its input ends has not seen it all, fine as its file may look', async () => {
    const folder = temporaryFolder('ends-')
    const recording = await media.h264Recording({ seconds: 4 })
    const short = join(folder, 'short.mp4')
    expect(await prepare(transcoderWith(), { input: recording, output: short })).toMatchObject({ ok: true })
    const script = `head -c 1000 > /dev/null; for word in "$@"; do case $word in file:*) cp ${short} "\${word#file:}"; esac; done`
    const live = transcoderWith(fakeFfmpeg(folder, script)).openLive({
      ...video,
      output: join(folder, 'final.mp4'),
    })
    feed(live, recording)
    expect(await live.finish()).toEqual({
      ok: false,
      failure: { kind: 'ffmpeg-failed', detail: 'it ended before its input' },
    })
    expect(leftovers(folder)).toEqual([])
  })

  test('an ffmpeg that hangs is given up at 32 MB, and its process is gone', async () => {
    const folder = temporaryFolder('hangs-')
    const live = transcoderWith(hangingFfmpeg(folder)).openLive({
      ...video,
      output: join(folder, 'final.mp4'),
    })
    feed(live, await media.h264Recording({ seconds: 4 }))
    await vi.waitFor(async () => expect(await media.ffmpegsIn(folder)).toHaveLength(1))
    for (let megabytes = 0; megabytes < 40; megabytes += 1) live.write(new Uint8Array(1024 * 1024))
    expect(await live.finish()).toEqual({
      ok: false,
      failure: { kind: 'ffmpeg-failed', detail: 'it does not keep up' },
    })
    expect(await media.ffmpegsIn(folder)).toEqual([])
  })

  test('an ffmpeg that does not start in time is given up at 32 MB as well', async () => {
    const folder = temporaryFolder('hangs-')
    const live = transcoderWith(hangingFfmpeg(folder)).openLive({
      ...video,
      output: join(folder, 'final.mp4'),
    })
    feed(live, await media.h264Recording({ seconds: 4 }))
    for (let megabytes = 0; megabytes < 40; megabytes += 1) live.write(new Uint8Array(1024 * 1024))
    expect(await live.finish()).toMatchObject({ failure: { detail: 'it did not start in time' } })
    expect(await media.ffmpegsIn(folder)).toEqual([])
  })
})

describe('cancelled', () => {
  test('the process is gone, and so is what it wrote', async () => {
    const folder = temporaryFolder('cancel-')
    const output = join(folder, 'final.mp4')
    const live = transcoderWith().openLive({ ...video, output })
    feed(live, await media.h264Recording({ seconds: 4 }))
    await vi.waitFor(() => expect(leftovers(folder)).toHaveLength(1))
    expect(await media.ffmpegsIn(folder)).toHaveLength(1)
    await live.cancel()
    expect(await media.ffmpegsIn(folder)).toEqual([])
    expect(leftovers(folder)).toEqual([])
    expect(existsSync(output)).toBe(false)
    expect(await live.finish()).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
  })

  test('at once, before ffmpeg runs', async () => {
    const folder = temporaryFolder('cancel-')
    const live = transcoderWith().openLive({ ...video, output: join(folder, 'final.mp4') })
    feed(live, await media.h264Recording({ seconds: 4 }))
    await live.cancel()
    expect(await media.ffmpegsIn(folder)).toEqual([])
    expect(leftovers(folder)).toEqual([])
  })

  test('by the end of the app', async () => {
    const folder = temporaryFolder('quit-')
    const transcoder = transcoderWith()
    const live = transcoder.openLive({ ...video, output: join(folder, 'final.mp4') })
    feed(live, await media.h264Recording({ seconds: 4 }))
    await vi.waitFor(() => expect(leftovers(folder)).toHaveLength(1))
    await transcoder.stop()
    expect(await media.ffmpegsIn(folder)).toEqual([])
    expect(leftovers(folder)).toEqual([])
  })
})
