import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appProtocol } from '../../../main/electron/appProtocol'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'aftertone-bundle-'))
  await mkdir(path.join(folder, 'renderer/assets'), { recursive: true })
  await mkdir(path.join(folder, 'renderer-old'))
  await writeFile(path.join(folder, 'renderer/index.html'), '<h1>ours</h1>')
  await writeFile(path.join(folder, 'renderer/assets/a b.js'), 'script')
  await writeFile(path.join(folder, 'renderer/secret.db'), 'no such type')
  await writeFile(path.join(folder, 'renderer-old/index.html'), 'outside')
  await writeFile(path.join(folder, 'package.json'), '{}')
})
afterEach(() => rm(folder, { recursive: true }))

const ask = (url: string, method = 'GET') =>
  appProtocol(path.join(folder, 'renderer'))(new Request(url, { method }))

test('serves the page and what belongs to it, with the policy', async () => {
  const page = await ask('app://aftertone/')
  expect([page.status, await page.text()]).toEqual([200, '<h1>ours</h1>'])
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe')
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  const script = await ask('app://aftertone/assets/a%20b.js')
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
})

test.each([
  'app://aftertone/../package.json',
  'app://aftertone/%2e%2e/package.json',
  'app://aftertone/..%2fpackage.json',
  'app://aftertone/..%2frenderer-old/index.html',
  'app://aftertone/assets/..%2f..%2fpackage.json',
  'app://aftertone/%00',
  'app://aftertone/index.html%00.js',
  'app://aftertone/%',
  'app://aftertone/secret.db',
  'app://aftertone/assets',
  'app://aftertone/missing.js',
  'app://other/index.html',
])('%s is not found', async (url) => {
  expect((await ask(url)).status).toBe(404)
})

test('only GET is answered', async () => {
  expect((await ask('app://aftertone/', 'POST')).status).toBe(404)
})
