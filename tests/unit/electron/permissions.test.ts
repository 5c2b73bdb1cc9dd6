import { expect, test } from 'vitest'
import { ourOrigin } from '../../../main/electron/origin'
import { mayHave } from '../../../main/electron/permissions'

const ours = ourOrigin(undefined)

test.each(['media', 'fullscreen'])('our page may have %s, nobody else', (permission) => {
  expect(mayHave(permission, 'app://aftertone/', ours)).toBe(true)
  expect(mayHave(permission, 'https://example.org/', ours)).toBe(false)
  expect(mayHave(permission, undefined, ours)).toBe(false)
})

test.each([
  'geolocation',
  'notifications',
  'clipboard-read',
  'pointerLock',
  'midi',
  'display-capture',
  'usb',
  'unknown',
])('nobody may have %s', (permission) => {
  expect(mayHave(permission, 'app://aftertone/', ours)).toBe(false)
})
