import { findBox, readBoxes, readBoxHeader, readMovie } from './boxes'

export type Demuxer = 'matroska' | 'mov'

/** What the first bytes of a recording say of the rest. */
export type RecordingHeader = {
  demuxer: Demuxer
  video: { h264: boolean; width: number; height: number } | null
  audio: { channels: number } | null
}

const EBML = 0x1a45dfa3
const SEGMENT = 0x18538067
const TRACKS = 0x1654ae6b
const CLUSTER = 0x1f43b675
const TRACK_ENTRY = 0xae
const TRACK_TYPE = 0x83
const CODEC_ID = 0x86
const VIDEO = 0xe0
const PIXEL_WIDTH = 0xb0
const PIXEL_HEIGHT = 0xba
const AUDIO = 0xe1
const CHANNELS = 0x9f

/** Names the container by its first eight bytes. We never let ffmpeg guess: it would open playlists that name other files. */
export function sniffDemuxer(bytes: Uint8Array): Demuxer | null {
  if (bytes.byteLength < 8) return null
  if (new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === EBML) return 'matroska'
  return readBoxHeader(bytes)?.type === 'ftyp' ? 'mov' : null
}

/**
 * Reads a recording's tracks from its first bytes, which MediaRecorder writes before anything else.
 * `incomplete`: give it more bytes. https://www.rfc-editor.org/rfc/rfc9559 (Matroska), ISO/IEC 14496-12 (MP4)
 */
export function readRecordingHeader(bytes: Uint8Array): RecordingHeader | 'incomplete' | 'not-media' {
  if (bytes.byteLength < 8) return 'incomplete'
  const demuxer = sniffDemuxer(bytes)
  if (!demuxer) return 'not-media'
  return demuxer === 'matroska' ? readMatroska(bytes) : readMp4(bytes)
}

function readMp4(bytes: Uint8Array): RecordingHeader | 'incomplete' | 'not-media' {
  const boxes = readBoxes(bytes)
  if (boxes.some((box) => box.type === 'moof' || box.type === 'mdat') && !findBox(bytes, 'moov'))
    return 'not-media'
  const moov = findBox(bytes, 'moov')
  if (!moov) return 'incomplete'
  const movie = readMovie(moov)
  if (!movie) return 'not-media'
  const video = movie.tracks.find((track) => track.kind === 'video')
  const audio = movie.tracks.find((track) => track.kind === 'audio')
  return {
    demuxer: 'mov',
    video: video
      ? { h264: video.formats.every((format) => format === 'avc1'), width: video.width, height: video.height }
      : null,
    audio: audio ? { channels: audio.channels } : null,
  }
}

type Element = { id: number; start: number; end: number }

/** An element's id and where its content lies; an unknown size (live recordings have it) reaches to the end. */
function readElement(bytes: Uint8Array, at: number): Element | null {
  const idLength = Math.clz32(bytes[at] ?? 0) - 23
  const sizeAt = at + idLength
  const sizeLength = Math.clz32(bytes[sizeAt] ?? 0) - 23
  if (idLength > 4 || sizeLength > 8 || sizeAt + sizeLength > bytes.byteLength) return null
  const elementId = readUnsigned(bytes.subarray(at, sizeAt))
  // The first set bit only says how long the size is. Cleared before adding up: a double cannot hold it and the rest.
  const first = (bytes[sizeAt] ?? 0) & (0xff >> sizeLength)
  const size = first * 256 ** (sizeLength - 1) + readUnsigned(bytes.subarray(sizeAt + 1, sizeAt + sizeLength))
  const unknown = size === 2 ** (7 * sizeLength) - 1
  const start = sizeAt + sizeLength
  return { id: elementId, start, end: unknown ? Number.POSITIVE_INFINITY : start + size }
}

const readUnsigned = (bytes: Uint8Array) => bytes.reduce((value, byte) => value * 256 + byte, 0)

function readMatroska(bytes: Uint8Array): RecordingHeader | 'incomplete' | 'not-media' {
  for (let at = 0; at < bytes.byteLength; ) {
    const element = readElement(bytes, at)
    if (!element) return bytes.byteLength - at < 12 ? 'incomplete' : 'not-media'
    if (element.id === SEGMENT) {
      at = element.start
      continue
    }
    if (element.id === CLUSTER || element.end === Number.POSITIVE_INFINITY) return 'not-media'
    if (element.end > bytes.byteLength) return 'incomplete'
    if (element.id === TRACKS) return readTracks(bytes.subarray(element.start, element.end))
    at = element.end
  }
  return 'incomplete'
}

function readTracks(bytes: Uint8Array): RecordingHeader {
  const header: RecordingHeader = { demuxer: 'matroska', video: null, audio: null }
  for (const track of childrenOf(bytes, TRACK_ENTRY)) {
    const number = (parent: Uint8Array, elementId: number) =>
      readUnsigned(childrenOf(parent, elementId)[0] ?? new Uint8Array())
    const type = number(track, TRACK_TYPE)
    if (type === 1) {
      const video = childrenOf(track, VIDEO)[0] ?? new Uint8Array()
      const codec = String.fromCharCode(...(childrenOf(track, CODEC_ID)[0]?.subarray(0, 32) ?? []))
      header.video ??= {
        h264: codec === 'V_MPEG4/ISO/AVC',
        width: number(video, PIXEL_WIDTH),
        height: number(video, PIXEL_HEIGHT),
      }
    }
    if (type === 2) {
      // Matroska's default is one channel
      const channels = number(childrenOf(track, AUDIO)[0] ?? new Uint8Array(), CHANNELS) || 1
      header.audio ??= { channels }
    }
  }
  return header
}

function childrenOf(bytes: Uint8Array, wanted: number): Uint8Array[] {
  const found: Uint8Array[] = []
  for (let at = 0; at < bytes.byteLength; ) {
    const element = readElement(bytes, at)
    if (!element || element.end > bytes.byteLength) break
    if (element.id === wanted) found.push(bytes.subarray(element.start, element.end))
    at = element.end
  }
  return found
}
