import { expect, test } from 'vitest'
import { classifyExit, classifyStart } from '../../../main/transcoder/ffmpegFailure'

const exit = (code: number | null, stderr = '', signal: string | null = null) =>
  classifyExit({ code, signal, stderr })

test('an end without complaint is none', () => {
  expect(exit(0)).toBeNull()
  expect(exit(0, '[matroska] Unknown-sized element at 0x1c inside parent\n')).toBeNull()
})

// Real last lines of ffmpeg 5.1 and 7.1.
test.each([
  ['av_interleaved_write_frame(): No space left on device\nConversion failed!', 1, 'disk-full'],
  ['[out#0/mp4] Task finished with error code: -28', 228, 'disk-full'],
  ['file:/takes/.x.part: Permission denied', 1, 'output-unwritable'],
  ['file:/takes/.x.part: Read-only file system', 1, 'output-unwritable'],
  ['file:/takes/spool: Invalid data found when processing input', 1, 'not-media'],
  ['[mov,mp4] moov atom not found', 183, 'not-media'],
  ["Stream map '0:v:0' matches no streams.", 1, 'not-media'],
  ["Unknown encoder 'libx264'", 1, 'ffmpeg-failed'],
  ['', 1, 'ffmpeg-failed'],
])('%j with code %d is %s', (stderr, code, kind) => {
  expect(exit(code, stderr)).toMatchObject({ kind })
})

test('a full disk is told even when ffmpeg 5.1 says that all went well', () => {
  expect(exit(0, 'av_write_trailer: No space left on device')).toMatchObject({ kind: 'disk-full' })
})

test('what killed it is in the detail, with the end of what it said', () => {
  expect(exit(null, 'last words\n', 'SIGKILL')).toEqual({
    kind: 'ffmpeg-failed',
    detail: 'killed by SIGKILL: last words',
  })
  expect(exit(1, 'x'.repeat(10_000))?.detail.length).toBeLessThan(700)
})

test('a program that cannot be started is missing; a system without resources is not', () => {
  expect(classifyStart('ENOENT').kind).toBe('ffmpeg-missing')
  expect(classifyStart('EACCES').kind).toBe('ffmpeg-missing')
  expect(classifyStart('EAGAIN').kind).toBe('ffmpeg-failed')
})
