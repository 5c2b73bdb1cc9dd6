import { closeSync, openSync, writeSync } from 'node:fs'

/** 0..255 each. */
type Colour = [red: number, green: number, blue: number]

export type Portrait = {
  background: [top: Colour, bottom: Colour]
  skin: Colour
  hair: Colour
  shirt: Colour
}

export const portraits = {
  alice: {
    background: [
      [214, 226, 240],
      [150, 172, 205],
    ],
    skin: [233, 190, 160],
    hair: [92, 55, 38],
    shirt: [178, 76, 92],
  },
  bob: {
    background: [
      [232, 222, 205],
      [176, 158, 130],
    ],
    skin: [168, 118, 88],
    hair: [38, 32, 30],
    shirt: [48, 98, 122],
  },
} satisfies Record<string, Portrait>

const WIDTH = 1280
const HEIGHT = 720
const FRAMES = 48
const FRAMES_PER_SECOND = 16

/**
 * Writes a seamless clip of a drawn person who nods and talks, as a Y4M file for Chromium's fake camera
 * (`--use-file-for-fake-video-capture`): a newcomer without a camera, and a test, see somebody.
 */
export function writePortrait(file: string, portrait: Portrait): void {
  const out = openSync(file, 'w')
  writeSync(out, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`)
  const background = rows(portrait)
  const paint = Object.fromEntries(
    (['skin', 'hair', 'shirt'] as const).map((part) => [part, toYuv(portrait[part])]),
  ) as Record<'skin' | 'hair' | 'shirt', Colour>
  const dark = toYuv([45, 30, 30])
  const lips = toYuv([142, 58, 58])
  const white = toYuv([245, 245, 245])
  for (let frame = 0; frame < FRAMES; frame++) {
    const turn = (frame / FRAMES) * 2 * Math.PI
    const x = WIDTH / 2 + 22 * Math.sin(turn)
    const y = 320 + 8 * Math.sin(2 * turn)
    const mouth = 8 + 9 * Math.abs(Math.sin(4 * turn))
    const blink = frame === 20 || frame === 21 ? 2 : 10
    const picture = Uint8Array.from(background)
    ellipse(picture, x, 790, 330, 250, paint.shirt)
    ellipse(picture, x, 500, 62, 90, paint.skin)
    ellipse(picture, x, y - 40, 158, 178, paint.hair)
    ellipse(picture, x, y, 130, 165, paint.skin)
    ellipse(picture, x, y - 148, 118, 58, paint.hair)
    for (const side of [-1, 1]) {
      ellipse(picture, x + side * 50, y - 20, 20, blink, white)
      ellipse(picture, x + side * 50, y - 20, 9, Math.min(9, blink), dark)
    }
    ellipse(picture, x, y + 82, 34, mouth, lips)
    writeSync(out, 'FRAME\n')
    writeSync(out, picture)
  }
  closeSync(out)
}

const LUMA = WIDTH * HEIGHT
const CHROMA = LUMA / 4

/** BT.601 studio swing, as Chromium reads Y4M. */
function toYuv([red, green, blue]: Colour): Colour {
  return [
    Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue),
    Math.round(128 - 0.148 * red - 0.291 * green + 0.439 * blue),
    Math.round(128 + 0.439 * red - 0.368 * green - 0.071 * blue),
  ]
}

/** One empty picture: a vertical gradient in planar 4:2:0. */
function rows({ background: [top, bottom] }: Portrait): Uint8Array {
  const picture = new Uint8Array(LUMA + 2 * CHROMA)
  for (let row = 0; row < HEIGHT; row++) {
    const part = row / HEIGHT
    const mix = top.map((value, i) => value + ((bottom[i] ?? value) - value) * part) as Colour
    const [luma, blue, red] = toYuv(mix)
    picture.fill(luma, row * WIDTH, (row + 1) * WIDTH)
    if (row % 2 === 0) {
      const start = LUMA + (row / 2) * (WIDTH / 2)
      picture.fill(blue, start, start + WIDTH / 2)
      picture.fill(red, start + CHROMA, start + CHROMA + WIDTH / 2)
    }
  }
  return picture
}

function ellipse(
  picture: Uint8Array,
  x: number,
  y: number,
  rx: number,
  ry: number,
  [luma, blue, red]: Colour,
) {
  const first = Math.max(0, Math.ceil(y - ry))
  const last = Math.min(HEIGHT - 1, Math.floor(y + ry))
  for (let row = first; row <= last; row++) {
    const half = rx * Math.sqrt(Math.max(0, 1 - ((row - y) / ry) ** 2))
    const from = Math.max(0, Math.round(x - half))
    const to = Math.min(WIDTH, Math.round(x + half))
    if (to <= from) continue
    picture.fill(luma, row * WIDTH + from, row * WIDTH + to)
    if (row % 2 === 0) {
      const start = LUMA + (row / 2) * (WIDTH / 2)
      picture.fill(blue, start + (from >> 1), start + (to >> 1))
      picture.fill(red, start + CHROMA + (from >> 1), start + CHROMA + (to >> 1))
    }
  }
}
