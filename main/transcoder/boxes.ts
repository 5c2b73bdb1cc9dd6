/** One box of an MP4 file that is held in memory: its four letters and what is inside. */
export type Box = { type: string; content: Uint8Array }

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const letters = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))

/** A box's size with its header, in bytes; `size` 0 means: to the end. Null: too few bytes to know. */
export function readBoxHeader(bytes: Uint8Array): { type: string; size: number; headerSize: number } | null {
  if (bytes.byteLength < 8) return null
  const size = view(bytes).getUint32(0)
  const type = letters(bytes, 4)
  if (size !== 1) return { type, size, headerSize: 8 }
  if (bytes.byteLength < 16) return null
  return { type, size: Number(view(bytes).getBigUint64(8)), headerSize: 16 }
}

/** The boxes that lie whole in these bytes, in order; stops at the first that does not. */
export function readBoxes(bytes: Uint8Array): Box[] {
  const found: Box[] = []
  for (let at = 0; at < bytes.byteLength; ) {
    const header = readBoxHeader(bytes.subarray(at))
    if (!header) break
    const size = header.size === 0 ? bytes.byteLength - at : header.size
    if (size < header.headerSize || at + size > bytes.byteLength) break
    found.push({ type: header.type, content: bytes.subarray(at + header.headerSize, at + size) })
    at += size
  }
  return found
}

/** The content of the box at a path of types, like `mdia`, `hdlr`; null when one is missing. */
export function findBox(bytes: Uint8Array, ...path: string[]): Uint8Array | null {
  const [type, ...rest] = path
  if (type === undefined) return bytes
  const box = readBoxes(bytes).find((each) => each.type === type)
  return box ? findBox(box.content, ...rest) : null
}

export type Track = {
  kind: 'video' | 'audio' | 'other'
  /** The sample entries' four letters: `avc1`, `mp4a`, `Opus`, … */
  formats: string[]
  /** Of the first sample entry; 0 where it is no video. */
  width: number
  height: number
  /** Of the first sample entry; 0 where it is no audio. */
  channels: number
}

/** What a `moov` box says of the whole file. Null: it makes no sense. */
export function readMovie(moov: Uint8Array): { durationMs: number; tracks: Track[] } | null {
  const header = findBox(moov, 'mvhd')
  if (!header) return null
  const long = header[0] === 1
  if (header.byteLength < (long ? 32 : 20)) return null
  const timescale = view(header).getUint32(long ? 20 : 12)
  const duration = long ? Number(view(header).getBigUint64(24)) : view(header).getUint32(16)
  if (timescale === 0) return null
  const tracks = readBoxes(moov)
    .filter((box) => box.type === 'trak')
    .map((box) => readTrack(box.content))
  return { durationMs: (duration * 1_000) / timescale, tracks }
}

function readTrack(track: Uint8Array): Track {
  const handler = findBox(track, 'mdia', 'hdlr')
  const handlerType = handler && handler.byteLength >= 12 ? letters(handler, 8) : ''
  const descriptions = findBox(track, 'mdia', 'minf', 'stbl', 'stsd')
  const entries = descriptions ? readBoxes(descriptions.subarray(8)) : []
  const first = entries[0]?.content
  const kind = handlerType === 'vide' ? 'video' : handlerType === 'soun' ? 'audio' : 'other'
  const isVideo = kind === 'video' && first !== undefined && first.byteLength >= 28
  const isAudio = kind === 'audio' && first !== undefined && first.byteLength >= 18
  return {
    kind,
    formats: entries.map((entry) => entry.type),
    width: isVideo ? view(first).getUint16(24) : 0,
    height: isVideo ? view(first).getUint16(26) : 0,
    channels: isAudio ? view(first).getUint16(16) : 0,
  }
}
