import { expect, it } from 'vitest'
import { pickRecordingType } from '../../../../renderer/recorder/recordingType'

it('prefers H.264 in Matroska, which can be cut anywhere', () => {
  expect(pickRecordingType('video', () => true)).toBe('video/x-matroska;codecs=avc1,opus')
  expect(pickRecordingType('audio', () => true)).toBe('audio/webm;codecs=opus')
})

it('takes the next best that the machine records, and never a type without codecs', () => {
  expect(pickRecordingType('video', (type) => type.startsWith('video/mp4'))).toBe(
    'video/mp4;codecs=avc1.64003E,opus',
  )
  expect(pickRecordingType('video', (type) => type.includes('vp8'))).toBe('video/webm;codecs=vp8,opus')
  expect(pickRecordingType('video', (type) => !type.includes('codecs='))).toBeNull()
})

it('says so when nothing fits', () => {
  expect(pickRecordingType('audio', () => false)).toBeNull()
})
