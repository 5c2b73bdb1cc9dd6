import { expect, test } from 'vitest'
import { parseProgress, progressFraction } from '../../../main/transcoder/ffmpegProgress'

test('reads how much is written, in seconds', () => {
  expect(parseProgress('out_time_us=2135667')).toEqual({ seconds: 2.135667 })
})

test.each([
  'frame=120',
  'fps=58.21',
  'stream_0_0_q=-1.0',
  'bitrate=1391.7kbits/s',
  'total_size=N/A',
  'out_time_us=N/A',
  'out_time_us=-23220',
  'out_time_ms=2135667',
  'out_time=00:00:02.135667',
  'speed=12.3x',
  'progress=continue',
  'speed=',
])('%j is progress without a new time', (line) => {
  expect(parseProgress(line)).toEqual({ seconds: null })
})

test.each([
  '[matroska,webm @ 0x55] Unknown-sized element',
  'file:/takes/x=1: Permission denied',
  'size=12',
  '',
])('%j belongs to the log', (line) => {
  expect(parseProgress(line)).toBeNull()
})

test('a fraction stays below 1 until the file has its name, and at 0 for an unknown length', () => {
  expect(progressFraction(5, 10_000)).toBe(0.5)
  expect(progressFraction(11, 10_000)).toBe(0.99)
  expect(progressFraction(5, null)).toBe(0)
})
