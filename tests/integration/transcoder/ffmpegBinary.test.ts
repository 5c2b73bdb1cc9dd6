import { chmodSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { silentLog } from '../../../main/log'
import { findFfmpeg } from '../../../main/transcoder/ffmpegBinary'
import { runFfmpegJob } from '../../../main/transcoder/ffmpegJob'
import * as media from '../../support/media'
import { fakeFfmpeg, hangingFfmpeg, neverStopped, prepare, temporaryFolder, transcoderWith } from './workshop'

const nowhere = { explicit: null, environment: {}, resourcesFolder: null, packaged: false }

describe('which ffmpeg', () => {
  test('the first that runs, and says its version', async () => {
    const folder = temporaryFolder('which-')
    const places = {
      ...nowhere,
      explicit: join(folder, 'none'),
      environment: { PATH: `${folder}:${process.env.PATH}` },
    }
    const found = await findFfmpeg(places, silentLog)
    expect(found).toMatchObject({ from: 'PATH', version: expect.stringMatching(/^\S+$/) })
  })

  test.each<[string, string, number]>([
    ['is not executable', '#!/bin/sh\necho "ffmpeg version 9"', 0o644],
    ['is something else', '#!/bin/sh\necho "hello"', 0o755],
    ['fails', '#!/bin/sh\necho "ffmpeg version 9"; exit 1', 0o755],
    ['is damaged', '\x7fELF\x02\x01\x01 and then nothing', 0o755],
  ])('never one that %s', async (_, content, mode) => {
    const path = join(temporaryFolder('which-'), 'ffmpeg')
    writeFileSync(path, content)
    chmodSync(path, mode)
    expect(await findFfmpeg({ ...nowhere, explicit: path }, silentLog)).toBeNull()
  })

  test('none at all', async () => {
    expect(await findFfmpeg(nowhere, silentLog)).toBeNull()
    expect(await transcoderWith('/none/ffmpeg').version()).toBeNull()
  })

  test('is looked for again, so one that is installed later is found', async () => {
    const folder = temporaryFolder('later-')
    const transcoder = transcoderWith(join(folder, 'ffmpeg'))
    expect(await transcoder.version()).toBeNull()
    fakeFfmpeg(folder, 'exit 1')
    expect(await transcoder.version()).toBe('0-fake')
  })
})

describe('an ffmpeg that does not do its work', () => {
  const job = async (folder: string) => ({
    input: await media.h264Recording({ seconds: 4 }),
    output: join(folder, 'final.mp4'),
  })

  test('has gone since the job before: said, and the next job finds another', async () => {
    const folder = temporaryFolder('gone-')
    const ffmpeg = join(folder, 'ffmpeg')
    const real = await findFfmpeg({ ...nowhere, environment: process.env }, silentLog)
    symlinkSync(real?.path ?? '', ffmpeg)
    const transcoder = transcoderWith(ffmpeg, { others: true })
    expect(await prepare(transcoder, await job(folder))).toMatchObject({ ok: true })
    rmSync(ffmpeg)
    expect(await prepare(transcoder, await job(folder))).toMatchObject({
      failure: { kind: 'ffmpeg-missing' },
    })
    expect(await prepare(transcoder, await job(folder))).toMatchObject({ ok: true })
    expect(readdirSync(folder)).toEqual(['final.mp4'])
  })

  test('fails: with its last words', async () => {
    const folder = temporaryFolder('fails-')
    const transcoder = transcoderWith(fakeFfmpeg(folder, 'echo "Unknown encoder: aac" >&2; exit 7'))
    expect(await prepare(transcoder, await job(folder))).toMatchObject({
      failure: { kind: 'ffmpeg-failed', detail: 'exit code 7: Unknown encoder: aac' },
    })
    expect(readdirSync(folder)).toEqual(['ffmpeg'])
  })

  test('says that all went well and wrote nothing', async () => {
    const folder = temporaryFolder('lies-')
    const transcoder = transcoderWith(fakeFfmpeg(folder, 'exit 0'))
    expect(await prepare(transcoder, await job(folder))).toMatchObject({ failure: { kind: 'bad-output' } })
  })

  test.each([
    ['makes no progress', { stallMs: 100, limitMs: 60_000 }, 'no progress'],
    ['takes too long', { stallMs: 60_000, limitMs: 100 }, 'time limit'],
  ])('%s: it is killed', async (_, limits, detail) => {
    const folder = temporaryFolder('slow-')
    const ffmpeg = hangingFfmpeg(folder)
    const words = { options: [], source: `file:${folder}`, outputs: [{ options: [], target: 'pipe:1' }] }
    const work = { ffmpeg, arguments: words, stop: neverStopped, log: silentLog, ...limits }
    expect(await runFfmpegJob(work)).toEqual({ ok: false, failure: { kind: 'timed-out', detail } })
    expect(await media.ffmpegsIn(folder)).toEqual([])
  })
})
