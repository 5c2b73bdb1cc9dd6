import { expect, it } from 'vitest'
import { cornerByKey, nearestCorner } from '../../../../renderer/call/corner'

const area = { width: 1_000, height: 600 }

it('rests in the nearest corner', () => {
  expect(nearestCorner({ x: 100, y: 100 }, area)).toEqual({ right: false, bottom: false })
  expect(nearestCorner({ x: 900, y: 100 }, area)).toEqual({ right: true, bottom: false })
  expect(nearestCorner({ x: 501, y: 301 }, area)).toEqual({ right: true, bottom: true })
})

it('moves by arrow keys, and by no other', () => {
  const corner = { right: true, bottom: false }
  expect(cornerByKey(corner, 'ArrowLeft')).toEqual({ right: false, bottom: false })
  expect(cornerByKey(corner, 'ArrowDown')).toEqual({ right: true, bottom: true })
  expect(cornerByKey(corner, 'ArrowRight')).toEqual(corner)
  expect(cornerByKey(corner, 'a')).toBeNull()
})
