import { describe, expect, test } from 'vitest'
import {
  batchArguments,
  commandLine,
  liveArguments,
  planFor,
  posterArguments,
} from '../../../main/transcoder/plan'
import type { RecordingHeader } from '../../../main/transcoder/recordingHeader'

const recorded: RecordingHeader = {
  demuxer: 'matroska',
  video: { h264: true, width: 1280, height: 720 },
  audio: { channels: 1 },
}
const planOf = (kind: 'audio' | 'video', header: RecordingHeader) => {
  const plan = planFor(kind, header)
  if (!plan.ok) throw new Error(plan.failure.detail)
  return plan.value
}
const videoOf = (width: number, height: number, h264 = true) =>
  planOf('video', { ...recorded, video: { h264, width, height } }).video

describe('what a recording needs', () => {
  test('H.264 of even sides is copied, upright or not', () => {
    expect(videoOf(1280, 720)).toBe('copy')
    expect(videoOf(1080, 1920)).toBe('copy')
  })

  test.each([
    ['another codec', 1280, 720, false],
    ['an odd width', 641, 360, true],
    ['an odd height', 640, 361, true],
    ['more than every player takes', 3840, 2160, true],
    ['no size', 0, 0, true],
  ])('%s is encoded', (_, width, height, isH264) => {
    expect(videoOf(width, height, isH264)).toBe('encode')
  })

  test('sound keeps its channels, two at most; an audio message has one', () => {
    expect(planOf('video', recorded).audio).toEqual({ channels: 1 })
    expect(planOf('video', { ...recorded, audio: { channels: 6 } }).audio).toEqual({ channels: 2 })
    expect(planOf('audio', { ...recorded, video: null, audio: { channels: 2 } }).audio).toEqual({
      channels: 1,
    })
  })

  test('a video without sound is a video; without picture it is none, and neither is an audio message without sound', () => {
    expect(planOf('video', { ...recorded, audio: null })).toMatchObject({ video: 'copy', audio: null })
    expect(planFor('video', { ...recorded, video: null })).toMatchObject({
      ok: false,
      failure: { kind: 'not-media' },
    })
    expect(planFor('audio', { ...recorded, audio: null })).toMatchObject({
      ok: false,
      failure: { kind: 'not-media' },
    })
  })
})

describe('the command lines', () => {
  const copied = planOf('video', recorded)

  test('the demuxer is forced and protocols are closed before the input is named', () => {
    for (const words of [
      commandLine(liveArguments(copied, '/take/.part')),
      commandLine(batchArguments(copied, '/take/spool', '/take/.part')),
      commandLine(posterArguments('matroska', '/take/spool', '/take/.part', 0)),
    ]) {
      const input = words.indexOf('-i')
      expect(words.slice(0, input).join(' ')).toMatch(/-protocol_whitelist \S+.* -f matroska/)
      expect(words.slice(0, input).join(' ')).not.toMatch(/http|tcp/)
    }
  })

  test('files are named as files, whatever they are called', () => {
    const words = commandLine(batchArguments(copied, '/a/-y: b.mkv', '/a/%d.part'))
    expect(words).toContain('file:/a/-y: b.mkv')
    expect(words).toContain('file:/a/%d.part')
  })

  test('sound goes to the file and, as PCM for the waveform, to stdout', () => {
    const { outputs } = liveArguments(copied, '/take/.part')
    expect(outputs.map((output) => output.target)).toEqual(['file:/take/.part', 'pipe:1'])
    expect(outputs[1]?.options).toEqual(['-map', '[waveform]', '-f', 's16le'])
  })

  test('without sound there is no filter that would ask for it', () => {
    const silent = planOf('video', { ...recorded, audio: null })
    const words = commandLine(liveArguments(silent, '/take/.part'))
    expect(words.join(' ')).not.toMatch(/filter_complex|aac|pipe:1/)
  })

  test('an audio message is an M4A without picture', () => {
    const words = commandLine(liveArguments(planOf('audio', recorded), '/take/.part')).join(' ')
    expect(words).toContain('-f ipod file:')
    expect(words).not.toContain('0:v')
  })

  test('encoding keeps the uneven frame times of a recorder', () => {
    const encoded = planOf('video', { ...recorded, video: { h264: false, width: 640, height: 360 } })
    expect(commandLine(batchArguments(encoded, '/in', '/out')).join(' ')).toContain(
      '-fps_mode vfr -enc_time_base 1:90000',
    )
  })
})
