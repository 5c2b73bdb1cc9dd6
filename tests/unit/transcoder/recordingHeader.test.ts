import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRecordingHeader, sniffDemuxer } from '../../../main/transcoder/recordingHeader'
import { box, movie } from './boxBuilder'

const text = (value: string) => [...Buffer.from(value, 'latin1')]
/** An EBML element with a size field of one byte. */
const element = (elementId: number[], content: number[]) => [...elementId, 0x80 | content.length, ...content]
const ebml = element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], text('matroska')))
const unknownSize = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
const picture = (codec: string) =>
  element(
    [0xae],
    [
      ...element([0x83], [1]),
      ...element([0x86], text(codec)),
      ...element([0xe0], [...element([0xb0], [0x05, 0x00]), ...element([0xba], [0x02, 0xd0])]),
    ],
  )
const sound = (channels: number | null) =>
  element(
    [0xae],
    [
      ...element([0x83], [2]),
      ...element([0x86], text('A_OPUS')),
      ...element([0xe1], channels === null ? [] : element([0x9f], [channels])),
    ],
  )
const recording = (...tracks: number[][]) =>
  new Uint8Array([
    ...ebml,
    ...[0x18, 0x53, 0x80, 0x67, ...unknownSize],
    ...element([0x15, 0x49, 0xa9, 0x66], [0x2a, 0xd7, 0xb1, 0x83, 0x0f, 0x42, 0x40]),
    ...element([0x16, 0x54, 0xae, 0x6b], tracks.flat()),
    ...[0x1f, 0x43, 0xb6, 0x75, ...unknownSize, 0xe7, 0x81, 0x00],
  ])

describe('Matroska', () => {
  test('names the picture and the sound', () => {
    expect(readRecordingHeader(recording(sound(2), picture('V_MPEG4/ISO/AVC')))).toEqual({
      demuxer: 'matroska',
      video: { h264: true, width: 1280, height: 720 },
      audio: { channels: 2 },
    })
  })

  test('tells other codecs, absent tracks and the default of one channel', () => {
    expect(readRecordingHeader(recording(picture('V_VP8')))).toMatchObject({
      video: { h264: false },
      audio: null,
    })
    expect(readRecordingHeader(recording(sound(null)))).toMatchObject({ video: null, audio: { channels: 1 } })
  })

  test('reads sizes that are written in eight bytes', () => {
    const long = [
      0x1a,
      0x45,
      0xdf,
      0xa3,
      0x01,
      0,
      0,
      0,
      0,
      0,
      0,
      11,
      ...element([0x42, 0x82], text('matroska')),
    ]
    const bytes = new Uint8Array([...long, ...recording(picture('V_VP8')).subarray(ebml.length)])
    expect(readRecordingHeader(bytes)).toMatchObject({ demuxer: 'matroska', video: { width: 1280 } })
  })

  test('leaves the bytes alone, also in a Buffer that others share', () => {
    const bytes = Buffer.from(recording(picture('V_VP8')))
    const before = Buffer.from(bytes)
    readRecordingHeader(bytes)
    expect(bytes.equals(before)).toBe(true)
  })

  test('asks for more at every place where the header may be cut', () => {
    const whole = recording(sound(1), picture('V_MPEG4/ISO/AVC'))
    const tracksEnd = whole.length - 15
    for (let length = 0; length < tracksEnd; length += 1) {
      expect(readRecordingHeader(whole.subarray(0, length)), `${length} bytes`).toBe('incomplete')
    }
    expect(readRecordingHeader(whole.subarray(0, tracksEnd))).toMatchObject({ audio: { channels: 1 } })
  })

  test('media before the tracks is no recording', () => {
    const cluster = [0x1f, 0x43, 0xb6, 0x75, ...unknownSize]
    const bytes = new Uint8Array([...ebml, 0x18, 0x53, 0x80, 0x67, ...unknownSize, ...cluster])
    expect(readRecordingHeader(bytes)).toBe('not-media')
  })
})

describe('MP4', () => {
  test('names the picture and the sound', () => {
    const bytes = Buffer.concat([box('ftyp', 'isom'), movie({ video: 'avc1', audio: 'Opus' })])
    expect(readRecordingHeader(bytes)).toEqual({
      demuxer: 'mov',
      video: { h264: true, width: 640, height: 360 },
      audio: { channels: 1 },
    })
  })

  test('asks for more until its moov is there', () => {
    const bytes = Buffer.concat([box('ftyp', 'isom'), movie({ video: 'avc1' })])
    expect(readRecordingHeader(bytes.subarray(0, bytes.length - 1))).toBe('incomplete')
  })

  test('media before the moov is no recording', () => {
    expect(readRecordingHeader(Buffer.concat([box('ftyp', 'isom'), box('mdat', 'x')]))).toBe('not-media')
  })
})

describe('anything else', () => {
  test.each([
    '#EXTM3U\n#EXT-X-VERSION:3\n',
    'ffconcat version 1.0\n',
    'RIFF....AVI LIST',
    '<svg xmlns=""/>  ',
  ])('%j is refused by its first bytes', (content) => {
    expect(sniffDemuxer(Buffer.from(content))).toBeNull()
    expect(readRecordingHeader(Buffer.from(content))).toBe('not-media')
  })

  test('no bytes make it throw', () => {
    const begins = fc.constantFrom(
      recording(picture('V_VP8')),
      Buffer.concat([box('ftyp', 'isom'), movie({ audio: 'mp4a' })]),
    )
    fc.assert(
      fc.property(begins, fc.uint8Array({ maxLength: 200 }), fc.nat(200), (begin, rest, at) => {
        const bytes = new Uint8Array(begin)
        bytes.set(rest.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length))
        readRecordingHeader(bytes)
      }),
    )
  })
})
