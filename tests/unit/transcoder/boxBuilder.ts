/** Builds MP4 boxes by hand, for what no encoder would write. */

export function box(type: string, ...content: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(
    content.map((each) => (typeof each === 'string' ? Buffer.from(each, 'latin1') : each)),
  )
  const header = Buffer.alloc(8)
  header.writeUInt32BE(8 + body.length)
  header.write(type, 4, 'latin1')
  return Buffer.concat([header, body])
}

/** Zeroes with 32-bit numbers in them, by their position. */
function fields(length: number, numbers: Record<number, number> = {}): Buffer {
  const bytes = Buffer.alloc(length)
  for (const [at, value] of Object.entries(numbers)) bytes.writeUInt32BE(value, Number(at))
  return bytes
}

function track(handler: 'vide' | 'soun' | 'text', entry: Buffer): Buffer {
  const stsd = box('stsd', fields(8, { 4: 1 }), entry)
  const name = Buffer.concat([fields(8), Buffer.from(handler), fields(12)])
  return box('trak', box('mdia', box('hdlr', name), box('minf', box('stbl', stsd))))
}

export function videoTrack(format: string, width = 640, height = 360): Buffer {
  return track('vide', box(format, fields(78, { 24: width * 65_536 + height })))
}

export function audioTrack(format: string, channels = 1): Buffer {
  return track('soun', box(format, fields(28, { 16: channels * 65_536 + 16 })))
}

export const textTrack = () => track('text', box('tx3g', fields(8)))

/** A moov box of 2 s with these sample formats. */
export function movie(
  of: { video?: string; audio?: string; durationMs?: number; timescale?: number; more?: Buffer[] } = {},
): Buffer {
  const { durationMs = 2_000, timescale = 1_000, more = [] } = of
  return box(
    'moov',
    box('mvhd', fields(100, { 12: timescale, 16: durationMs })),
    ...(of.video ? [videoTrack(of.video)] : []),
    ...(of.audio ? [audioTrack(of.audio)] : []),
    ...more,
  )
}
