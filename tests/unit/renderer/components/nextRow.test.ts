import { describe, expect, it } from 'vitest'
import { nextRow } from '../../../../renderer/components/nextRow'

describe('nextRow', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 1, 0],
    ['ArrowUp', 0, 0],
    ['Home', 5, 0],
    ['End', 5, 9],
    ['PageDown', 5, 9],
    ['PageUp', 5, 0],
  ])('%s from row %i of ten goes to %i', (key, from, to) => {
    expect(nextRow(key, from, 10)).toBe(to)
  })

  it('leaves other keys, and an empty list, alone', () => {
    expect(nextRow('Enter', 3, 10)).toBeNull()
    expect(nextRow('ArrowDown', 0, 0)).toBeNull()
  })
})
