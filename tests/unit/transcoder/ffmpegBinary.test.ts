import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ffmpegCandidates } from '../../../main/transcoder/ffmpegBinary'

const program = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'
const places = {
  explicit: '/chosen/ffmpeg',
  environment: {
    AFTERTONE_FFMPEG_PATH: '/named/ffmpeg',
    PATH: ['/one', 'relative', '', '/two'].join(process.platform === 'win32' ? ';' : ':'),
  },
  resourcesFolder: '/package/resources',
}
const from = (packaged: boolean, installed: string | null = '/modules/ffmpeg') =>
  ffmpegCandidates({ ...places, packaged }, installed).map((candidate) => candidate.from)

test('the order of places', () => {
  expect(from(false)).toEqual([
    'explicit',
    'environment',
    'resources',
    'unpacked',
    'ffmpeg-static',
    'PATH',
    'PATH',
  ])
})

test('a package runs only what it came with, or what was chosen by hand', () => {
  expect(from(true)).toEqual(['explicit', 'resources', 'unpacked'])
})

test('what is not there is not tried', () => {
  const none = { explicit: null, environment: {}, resourcesFolder: null, packaged: false }
  expect(ffmpegCandidates(none, null)).toEqual([])
})

test('relative folders on the PATH are passed over', () => {
  const paths = ffmpegCandidates({ ...places, packaged: false }, null)
    .filter((candidate) => candidate.from === 'PATH')
    .map((candidate) => candidate.path)
  expect(paths).toEqual([join('/one', program), join('/two', program)])
})
