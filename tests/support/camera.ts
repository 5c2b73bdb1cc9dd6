import { closeSync, openSync, writeSync } from 'node:fs'

/** 0..255 each. */
export type Colour = [red: number, green: number, blue: number]

export const colours = {
  red: [200, 40, 40],
  blue: [40, 40, 200],
  green: [40, 160, 60],
} satisfies Record<string, Colour>
export type ColourName = keyof typeof colours

const WIDTH = 640
const HEIGHT = 360
const FRAMES = 60
const BOX = 40

/**
 * Writes a Y4M clip of one colour with a white box that moves a step each frame, for Chromium's fake camera: a test
 * recognises whose picture it sees by the colour, and that it moves by the box.
 */
export function writeCamera(file: string, colour: Colour): void {
  const [luma, blue, red] = toYuv(colour)
  const chroma = Buffer.concat([
    Buffer.alloc((WIDTH * HEIGHT) / 4, blue),
    Buffer.alloc((WIDTH * HEIGHT) / 4, red),
  ])
  const out = openSync(file, 'w')
  writeSync(out, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F30:1 Ip A1:1 C420jpeg\n`)
  for (let frame = 0; frame < FRAMES; frame++) {
    const picture = Buffer.alloc(WIDTH * HEIGHT, luma)
    const left = Math.round(((WIDTH - BOX) * frame) / FRAMES)
    for (let row = 20; row < 20 + BOX; row++) picture.fill(235, row * WIDTH + left, row * WIDTH + left + BOX)
    writeSync(out, 'FRAME\n')
    writeSync(out, picture)
    writeSync(out, chroma)
  }
  closeSync(out)
}

/** BT.601 studio swing, as Chromium reads Y4M. */
function toYuv([red, green, blue]: Colour): Colour {
  return [
    Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue),
    Math.round(128 - 0.148 * red - 0.291 * green + 0.439 * blue),
    Math.round(128 + 0.439 * red - 0.368 * green - 0.071 * blue),
  ]
}
