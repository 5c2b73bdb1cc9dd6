// Draws icon.png (1024×1024) and unseen.png (32×32, the dot over the Windows taskbar button):
//   node resources/makeIcons.mjs
// A rounded square in the accent with a play mark and two fading waves: a message, and the tone that goes on.
// Shapes are signed distances in units of the picture's width, so edges are smooth at any size.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32, deflateSync } from 'node:zlib'

const TOP = [126, 112, 255]
const BOTTOM = [70, 58, 196]
const WHITE = [255, 255, 255]
const RED = [204, 41, 54]

/** @typedef {(x: number, y: number) => number} Distance negative inside, in picture widths */

/** @returns {Distance} */
function roundedSquare(half, radius) {
  return (x, y) => {
    const dx = Math.max(Math.abs(x - 0.5) - (half - radius), 0)
    const dy = Math.max(Math.abs(y - 0.5) - (half - radius), 0)
    return Math.hypot(dx, dy) - radius
  }
}

/** A triangle that points right, its corners rounded by `radius`. @returns {Distance} */
function playMark(left, right, halfHeight, radius) {
  const corners = [
    [left, 0.5 - halfHeight],
    [right, 0.5],
    [left, 0.5 + halfHeight],
  ]
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY
    let inside = true
    corners.forEach(([ax, ay], index) => {
      const [bx, by] = corners[(index + 1) % 3]
      const [ex, ey] = [bx - ax, by - ay]
      const along = Math.min(1, Math.max(0, ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey)))
      nearest = Math.min(nearest, Math.hypot(x - ax - along * ex, y - ay - along * ey))
      inside &&= ex * (y - ay) - ey * (x - ax) >= 0
    })
    return (inside ? -nearest : nearest) - radius
  }
}

/** An arc around the play mark's middle, open to the left, with round ends. @returns {Distance} */
function wave(centreX, radius, thickness, openingDegrees) {
  const limit = (openingDegrees * Math.PI) / 180
  const end = [Math.cos(limit) * radius, Math.sin(limit) * radius]
  return (x, y) => {
    const [dx, dy] = [x - centreX, Math.abs(y - 0.5)]
    const onArc = Math.atan2(dy, dx) <= limit
    const away = onArc ? Math.abs(Math.hypot(dx, dy) - radius) : Math.hypot(dx - end[0], dy - end[1])
    return away - thickness / 2
  }
}

const circle = (radius) => (x, y) => Math.hypot(x - 0.5, y - 0.5) - radius

const mix = (from, to, amount) => from.map((value, index) => value + (to[index] - value) * amount)

/** Paints layers over each other. @param {{ distance: Distance, colour: (x: number, y: number) => number[], opacity: number }[]} layers */
function paint(size, layers) {
  const pixels = Buffer.alloc(size * size * 4)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [x, y] = [(column + 0.5) / size, (row + 0.5) / size]
      let colour = [0, 0, 0]
      let alpha = 0
      for (const layer of layers) {
        const cover = layer.opacity * Math.min(1, Math.max(0, 0.5 - layer.distance(x, y) * size))
        if (cover === 0) continue
        const whole = cover + alpha * (1 - cover)
        colour = mix(colour, layer.colour(x, y), cover / whole)
        alpha = whole
      }
      pixels.set([...colour.map(Math.round), Math.round(alpha * 255)], (row * size + column) * 4)
    }
  }
  return pixels
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** https://www.w3.org/TR/png-3/: 8 bits RGBA, no filter. */
function png(size, pixels) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Buffer.alloc(size * (size * 4 + 1))
  for (let row = 0; row < size; row++) {
    pixels.copy(rows, row * (size * 4 + 1) + 1, row * size * 4, (row + 1) * size * 4)
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const white = () => WHITE
const icon = paint(1024, [
  { distance: roundedSquare(0.41, 0.19), colour: (_x, y) => mix(TOP, BOTTOM, y), opacity: 1 },
  { distance: playMark(0.31, 0.49, 0.135, 0.035), colour: white, opacity: 1 },
  { distance: wave(0.4, 0.2, 0.052, 42), colour: white, opacity: 0.85 },
  { distance: wave(0.4, 0.305, 0.052, 42), colour: white, opacity: 0.5 },
])
const unseen = paint(32, [{ distance: circle(0.4), colour: () => RED, opacity: 1 }])

const save = (name, bytes) => writeFileSync(path.join(import.meta.dirname, name), bytes)
save('icon.png', png(1024, icon))
save('unseen.png', png(32, unseen))
