import { readFileSync, writeFileSync } from 'node:fs'
import type { Rectangle } from 'electron'
import { z } from 'zod'

export const SMALLEST = { width: 720, height: 520 }
const FIRST = { width: 1000, height: 680 }
/** So much of the title bar must be on a screen for the window to be caught with a mouse. */
const VISIBLE = { width: 120, height: 40 }

const remembered = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(SMALLEST.width).max(20_000),
  height: z.int().min(SMALLEST.height).max(20_000),
  maximized: z.boolean(),
})

/** Where a window was; `x` and `y` are missing when the system should choose. */
export type WindowPlace = { x?: number; y?: number; width: number; height: number; maximized: boolean }

/**
 * Where the window opens: where it was, if that is still on a screen, in the size that it had, if that still fits.
 * @param saved what was read from disk: anything
 * @param screens the displays' work areas, the primary one first
 */
export function windowPlace(saved: unknown, screens: readonly Rectangle[]): WindowPlace {
  const parsed = remembered.safeParse(saved)
  if (!parsed.success) return { ...FIRST, maximized: false }
  const was = parsed.data
  const screen = screens.find((area) => holdsTitleBar(area, was))
  if (screen) {
    return { ...was, width: Math.min(was.width, screen.width), height: Math.min(was.height, screen.height) }
  }
  return { ...FIRST, maximized: was.maximized }
}

function holdsTitleBar(area: Rectangle, was: Rectangle): boolean {
  const left = Math.max(area.x, was.x)
  const right = Math.min(area.x + area.width, was.x + was.width)
  return right - left >= VISIBLE.width && was.y >= area.y && was.y + VISIBLE.height <= area.y + area.height
}

/** What `rememberPlace` wrote, or null: a place that can't be read is no reason to complain. */
export function recallPlace(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** Written while the window closes, hence in one go; a full disk costs the place only. */
export function rememberPlace(file: string, place: WindowPlace): void {
  try {
    writeFileSync(file, JSON.stringify(place))
  } catch {
    // Nothing to tell the person: the window opens in the middle next time.
  }
}
