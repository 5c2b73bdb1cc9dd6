import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../../../renderer/styles/tokens.css'), 'utf8')

/** A token's colour in a look; `#rrggbb` only, the others are translucent and stand over these. */
function colour(token: string, look: 'light' | 'dark'): string {
  const value = new RegExp(`--${token}:\\s*([^;]+);`).exec(css)?.[1] ?? ''
  const [light = '', dark = light] = value.match(/#[0-9a-f]{6}/g) ?? []
  return look === 'light' ? light : dark
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG 2 contrast. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const looks = ['light', 'dark'] as const
const grounds = ['surface', 'sidebar', 'raised']
const words = ['text', 'secondary', 'accent-text', 'danger-text', 'success-text', 'warning-text']
const pairs = looks.flatMap((look) => [
  ...grounds.flatMap((ground) => words.map((word) => ({ look, ground, word, least: 4.5 }))),
  ...grounds.map((ground) => ({ look, ground, word: 'control-border', least: 3 })),
  ...['accent', 'danger', 'success']
    .flatMap((tone) => [tone, `${tone}-hover`])
    .map((ground) => ({
      look,
      ground,
      word: 'on-accent',
      least: 4.5,
    })),
])

describe('colours', () => {
  it.each(pairs)('$word on $ground reads well in the $look look', ({ look, ground, word, least }) => {
    expect(contrast(colour(word, look), colour(ground, look))).toBeGreaterThanOrEqual(least)
  })
})
