import { describe, expect, test } from 'vitest'
import { ourOrigin } from '../../../main/electron/origin'

const packaged = ourOrigin(undefined)
const developing = ourOrigin('http://localhost:5173/')

describe('owns', () => {
  test.each(['app://aftertone/', 'app://aftertone/index.html#panel', 'app://aftertone'])(
    '%s is ours',
    (url) => {
      expect(packaged.owns(url)).toBe(true)
    },
  )

  test.each([
    'app://aftertone.evil/',
    'app://evil@aftertone/',
    'app://aftertone:80/',
    'https://aftertone/',
    'https://evil.example/?next=app://aftertone/',
    'file:///app://aftertone/',
    'about:blank',
    'http://localhost:5173/',
    'not a url',
    '',
    null,
    undefined,
  ])('%s is not', (url) => {
    expect(packaged.owns(url)).toBe(false)
  })

  test('the dev server is ours only while developing, and then it alone', () => {
    expect(developing.owns('http://localhost:5173/index.html')).toBe(true)
    expect(developing.owns('http://localhost:5174/')).toBe(false)
    expect(developing.owns('app://aftertone/')).toBe(false)
  })
})

test('only local schemes may load, and the dev server with its socket', () => {
  const urls = ['app://aftertone/x.js', 'media://take/1', 'blob:app://aftertone/1', 'data:image/png;base64,']
  for (const url of urls) expect(packaged.mayLoad(url), url).toBe(true)
  const foreign = [
    'https://example.com/',
    'http://localhost:5173/',
    'ws://localhost:5173/',
    'file:///etc/hosts',
  ]
  for (const url of foreign) expect(packaged.mayLoad(url), url).toBe(false)
  expect(developing.mayLoad('http://localhost:5173/index.tsx')).toBe(true)
  expect(developing.mayLoad('ws://localhost:5173/?token=1')).toBe(true)
  expect(developing.mayLoad('ws://localhost:5174/')).toBe(false)
})
