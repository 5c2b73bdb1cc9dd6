import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recallPlace, rememberPlace, windowPlace } from '../../../main/electron/windowPlace'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const desk = { x: 1440, y: 0, width: 2560, height: 1400 }
const first = { width: 1000, height: 680, maximized: false }
const place = { x: 1600, y: 100, width: 900, height: 700, maximized: false }

describe('windowPlace', () => {
  test('opens where it was', () => {
    expect(windowPlace(place, [laptop, desk])).toEqual(place)
  })

  test('opens in the middle when its screen is gone, and stays maximized', () => {
    expect(windowPlace(place, [laptop])).toEqual(first)
    expect(windowPlace({ ...place, maximized: true }, [laptop])).toEqual({ ...first, maximized: true })
  })

  test('shrinks to a screen that became smaller', () => {
    const wide = { ...place, x: 10, y: 30, width: 2500, height: 1300 }
    expect(windowPlace(wide, [laptop])).toMatchObject({ width: 1440, height: 875 })
  })

  test('a title bar above or beside the screen could not be caught', () => {
    expect(windowPlace({ ...place, x: 10, y: -20 }, [laptop])).toEqual(first)
    expect(windowPlace({ ...place, x: 1400, y: 30 }, [laptop])).toEqual(first)
  })

  test.each([null, 'x', {}, { ...place, width: 1 }, { ...place, x: 0.5 }, { ...place, y: undefined }])(
    'ignores %j',
    (saved) => {
      expect(windowPlace(saved, [laptop, desk])).toEqual(first)
    },
  )
})

describe('the file', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'aftertone-place-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('gives back what was remembered', () => {
    const file = path.join(folder, 'window.json')
    rememberPlace(file, place)
    expect(recallPlace(file)).toEqual(place)
  })

  test('missing, broken or unwritable is no error', () => {
    expect(recallPlace(path.join(folder, 'missing'))).toBeNull()
    writeFileSync(path.join(folder, 'broken'), '{')
    expect(recallPlace(path.join(folder, 'broken'))).toBeNull()
    expect(() => rememberPlace(path.join(folder, 'no/such/folder'), place)).not.toThrow()
  })
})
