import { constants } from 'node:fs'
import { type FileHandle, lstat, open } from 'node:fs/promises'
import { failed, ok, type Result } from '../../preload/contract/result'
import { readBoxHeader, readMovie } from './boxes'
import { errorCode } from './durableFile'

/** More than hours of video need; a `moov` is read into memory. */
const LARGEST_MOOV_BYTES = 4 * 1024 * 1024
const LARGEST_SIDE = 1_920
const LONGEST_MS = 4 * 3_600_000
const MOST_BOXES = 64
const KNOWN_BOXES = ['ftyp', 'moov', 'mdat', 'free']

export type Mp4Facts = {
  size: number
  durationMs: number
  /** Null without video. */
  width: number | null
  height: number | null
  /** It can start to play before it is there whole. */
  faststart: boolean
  hasVideo: boolean
  hasAudio: boolean
}

/** `missing`: no such file. `not-mp4`: damaged, cut off, or something else. `refused`: an MP4, but none that we make or play. */
export type Mp4Failure = { kind: 'missing' | 'not-mp4' | 'refused'; detail: string }

const notMp4 = (detail: string) => failed<Mp4Failure>({ kind: 'not-mp4', detail })
const refused = (detail: string) => failed<Mp4Failure>({ kind: 'refused', detail })

/**
 * Checks that a file is the plain MP4 or M4A that Aftertone makes: at most one H.264 and one AAC track, whole, not
 * fragmented. Reads the boxes only and decodes nothing, so it is safe (and quick) on what strangers send.
 */
export async function checkMp4(path: string): Promise<Result<Mp4Facts, Mp4Failure>> {
  let file: FileHandle
  try {
    // Opening a named pipe would wait for ever, so look before opening, and follow no link.
    if (!(await lstat(path)).isFile()) return notMp4('not a regular file')
    file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  } catch (error) {
    const code = errorCode(error)
    if (!code) throw error
    return failed({ kind: code === 'ENOENT' ? 'missing' : 'not-mp4', detail: code })
  }
  try {
    return await checkOpen(file)
  } finally {
    await file.close()
  }
}

async function checkOpen(file: FileHandle): Promise<Result<Mp4Facts, Mp4Failure>> {
  const { size } = await file.stat()
  const order: string[] = []
  let moov: Uint8Array | null = null
  for (let at = 0; at < size; ) {
    const header = readBoxHeader(await readAt(file, at, Math.min(16, size - at)))
    if (!header) return notMp4('ends within a box header')
    const boxSize = header.size === 0 ? size - at : header.size
    if (!KNOWN_BOXES.includes(header.type)) {
      return at === 0
        ? notMp4('does not begin like an MP4')
        : refused(`unexpected box ${JSON.stringify(header.type)}`)
    }
    if (boxSize < header.headerSize || at + boxSize > size) return notMp4(`box ${header.type} is cut off`)
    if (header.type === 'moov') {
      if (moov) return refused('two moov boxes')
      if (boxSize > LARGEST_MOOV_BYTES) return refused('moov too large')
      moov = await readAt(file, at + header.headerSize, boxSize - header.headerSize)
    }
    order.push(header.type)
    if (order.length > MOST_BOXES) return refused('too many boxes')
    at += boxSize
  }
  if (order[0] !== 'ftyp') return notMp4('no ftyp box at the start')
  if (!moov || !order.includes('mdat')) return notMp4('no moov or no mdat box')
  return judge(moov, size, order.indexOf('moov') < order.indexOf('mdat'))
}

function judge(moov: Uint8Array, size: number, faststart: boolean): Result<Mp4Facts, Mp4Failure> {
  const movie = readMovie(moov)
  if (!movie) return notMp4('no usable mvhd box')
  const { durationMs, tracks } = movie
  if (!(durationMs > 0 && durationMs <= LONGEST_MS)) return refused(`duration of ${durationMs} ms`)
  const video = tracks.filter((track) => track.kind === 'video')
  const audio = tracks.filter((track) => track.kind === 'audio')
  if (video.length + audio.length !== tracks.length) return refused('a track that is neither video nor audio')
  if (tracks.length === 0 || video.length > 1 || audio.length > 1) return refused(`${tracks.length} tracks`)
  if (!video.every((track) => track.formats.length === 1 && track.formats[0] === 'avc1'))
    return refused('not H.264')
  if (!audio.every((track) => track.formats.length === 1 && track.formats[0] === 'mp4a'))
    return refused('not AAC')
  const picture = video[0]
  if (picture && !(sideFits(picture.width) && sideFits(picture.height))) {
    return refused(`${picture.width}x${picture.height} pixels`)
  }
  return ok({
    size,
    durationMs: Math.round(durationMs),
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    faststart,
    hasVideo: picture !== undefined,
    hasAudio: audio.length === 1,
  })
}

const sideFits = (pixels: number) => pixels > 0 && pixels <= LARGEST_SIDE

async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  const { bytesRead } = await file.read(bytes, 0, length, position)
  return bytes.subarray(0, bytesRead)
}
