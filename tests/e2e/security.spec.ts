import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { allInputs } from '../../preload/contract'
import { expect, type LaunchedApp, ROOT, test } from '../support/app'
import { recordTake } from '../support/recordTake'

const UNKNOWN = '3b7cf3a0-4b5e-4f0b-9d53-3a5c2f7f9a11'

const status = (page: Page, url: string) =>
  page.evaluate(
    (asked) =>
      fetch(asked).then(
        (answer) => answer.status,
        () => 'refused',
      ),
    url,
  )

const windowCount = ({ app }: LaunchedApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

test('every window is sandboxed and isolated, and sees nothing but the bridge', async ({ launch }) => {
  const launched = await launch({ person: 'Alice' })
  const panel = await launched.panel()
  const preferences = await launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      // Not in Electron's types, since it is meant for tests.
      const asked = webContents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      return asked.getLastWebPreferences()
    }),
  )
  expect(preferences).toHaveLength(2)
  for (const preference of preferences) {
    expect(preference).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    })
  }
  const features = [...new Set(Object.keys(allInputs).map((channel) => channel.split('/')[0]))]
  for (const page of [launched.page, panel]) {
    expect(
      await page.evaluate(() =>
        ['require', 'process', 'Buffer', 'module'].filter((name) => name in globalThis),
      ),
    ).toEqual([])
    expect(await page.evaluate(() => Object.keys(aftertone).sort())).toEqual([...features, 'on'].sort())
  }
})

test('the content security policy stops scripts, eval, frames and the network', async ({ launch }) => {
  const { page } = await launch()
  const headers = await page.evaluate(async () =>
    Object.fromEntries((await fetch('app://aftertone/')).headers),
  )
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  // The page's own meta tag says the same, so what is tried below would be stopped without the header too.
  expect(headers['content-security-policy']).toContain("script-src 'self'; ")
  expect(headers['x-content-type-options']).toBe('nosniff')

  const tried = await page.evaluate(async () => {
    const violations: string[] = []
    const expected = ['script-src-elem', 'img-src', 'frame-src', 'connect-src', 'style-src-attr']
    const all = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        violations.push(effectiveDirective)
        if (expected.every((directive) => violations.includes(directive))) resolve()
      })
    })
    const script = document.createElement('script')
    script.textContent = 'globalThis.intruder = 1'
    document.head.append(script)
    const image = document.createElement('img')
    image.src = 'https://example.invalid/x.png'
    const frame = document.createElement('iframe')
    frame.src = 'https://example.invalid/'
    const styled = document.createElement('div')
    styled.setAttribute('style', 'color: red')
    document.body.append(image, frame, styled)
    const network = await fetch('https://example.invalid/').then(
      () => 'open',
      () => 'blocked',
    )
    // In a timer: what Playwright evaluates is exempt from the policy's rule about eval.
    const evaluation = await new Promise<string>((resolve) =>
      setTimeout(() => {
        try {
          new Function('return 1')()
          resolve('ran')
        } catch {
          resolve('blocked')
        }
      }),
    )
    await all
    return { network, evaluation, intruder: 'intruder' in globalThis }
  })
  expect(tried).toEqual({ network: 'blocked', evaluation: 'blocked', intruder: false })
})

test('no page leads away or opens a window', async ({ launch }) => {
  const launched = await launch({ person: 'Alice' })
  const { page } = launched
  await launched.panel()
  const [before, url] = [await windowCount(launched), page.url()]
  await page.evaluate(() => {
    location.href = 'https://example.invalid/?next=app://aftertone/'
  })
  expect(await page.evaluate(() => open('https://example.invalid/') === null)).toBe(true)
  expect(await page.evaluate(() => open('app://aftertone/') === null)).toBe(true)
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'https://example.invalid/'
    link.target = '_blank'
    link.textContent = 'away'
    Object.assign(link.style, { position: 'fixed', inset: '0', zIndex: '9999', background: 'white' })
    document.body.append(link)
  })
  // The mouse itself: Playwright's locators wait for the navigation that the guard stopped.
  await page.mouse.click(200, 200)
  await page.mouse.click(200, 200, { button: 'middle' })
  await page.keyboard.down('Shift')
  await page.mouse.click(200, 200)
  await page.keyboard.up('Shift')
  // The main process answers in order, so what these clicks caused has happened when it answers this.
  expect(await page.evaluate(() => aftertone.desktop.info().then((info) => info.version))).toMatch(/^\d/)
  expect([await windowCount(launched), page.url()]).toEqual([before, url])
})

test('app:// serves the bundle and nothing around it', async ({ launch }) => {
  const { page } = await launch()
  expect(await status(page, 'app://aftertone/index.html')).toBe(200)
  for (const url of [
    'app://aftertone/../package.json',
    'app://aftertone/%2e%2e/%2e%2e/package.json',
    'app://aftertone/..%2f..%2fpackage.json',
    'app://aftertone/assets/..%5c..%5c..%5cpackage.json',
    'app://aftertone/..%2fmain%2findex.js',
    'app://aftertone/%00',
    'app://other/index.html',
    'file:///etc/hostname',
  ]) {
    expect.soft(await status(page, url), url).not.toBe(200)
  }
})

test('media:// plays what an id names: parts, pixels, and nothing else', async ({ launch }) => {
  const { page } = await launch({ person: 'Alice' })
  const take = await recordTake(page)
  const url = `media://take/${take.id}`

  const part = await page.evaluate(async (asked) => {
    const answer = await fetch(asked, { headers: { Range: 'bytes=4-7' } })
    return { status: answer.status, range: answer.headers.get('content-range'), text: await answer.text() }
  }, url)
  expect(part).toMatchObject({ status: 206, text: 'ftyp', range: expect.stringMatching(/^bytes 4-7\/\d+$/) })

  const played = await page.evaluate(async (asked) => {
    const video = document.createElement('video')
    video.crossOrigin = 'anonymous'
    video.muted = true
    const event = (name: string) =>
      new Promise((resolve, reject) => {
        video.addEventListener(name, resolve, { once: true })
        video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true })
      })
    const loaded = event('loadeddata')
    video.src = asked
    await loaded
    const seeked = event('seeked')
    video.currentTime = video.duration / 2
    await seeked
    const canvas = new OffscreenCanvas(8, 8).getContext('2d')
    canvas?.drawImage(video, 0, 0, 8, 8)
    // Throws when the canvas is tainted.
    const pixel = canvas?.getImageData(4, 4, 1, 1).data
    return { pixel: [...(pixel ?? [])], seekedTo: video.currentTime / video.duration }
  }, url)
  expect(played.seekedTo).toBeCloseTo(0.5, 1)
  const [red = 0, , blue = 0] = played.pixel
  expect(red - blue).toBeGreaterThan(80)

  for (const other of [
    `media://take/${UNKNOWN}`,
    `media://message/${take.id}`,
    `media://take/${take.id}.mp4`,
    `media://take/${take.id}/..`,
    'media://take/..%2f..%2faftertone.db',
    `media://other/${take.id}`,
  ]) {
    expect.soft(await status(page, other), other).toBe(404)
  }
})

test('the camera is ours alone, everything else nobody gets', async ({ launch }) => {
  const launched = await launch()
  const { app, page } = launched
  const tracks = await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true })
    const kinds = stream.getTracks().map((track) => track.kind)
    for (const track of stream.getTracks()) track.stop()
    return kinds.sort()
  })
  expect(tracks).toEqual(['audio', 'video'])
  for (const name of ['geolocation', 'notifications', 'clipboard-read', 'midi']) {
    const state = await page.evaluate(
      (asked) =>
        navigator.permissions.query({ name: asked as PermissionName }).then((answer) => answer.state),
      name,
    )
    expect.soft(state, name).not.toBe('granted')
  }

  const server = http.createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<h1>foreign</h1>'),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo
  const preload = path.join(ROOT, 'out/preload/index.cjs')
  await launched.panel()
  const [camera, foreign, stranger, astray] = await app.evaluate(
    async ({ BrowserWindow, session }, [url, preloadFile]) => {
      // Lets the foreign page in, to see the next defence.
      session.defaultSession.webRequest.onBeforeRequest(null)
      const ask = async (page: string, code: string): Promise<string> => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { preload: preloadFile, sandbox: true, contextIsolation: true },
        })
        await window.loadURL(page)
        const answer = await window.webContents.executeJavaScript(code, true)
        window.destroy()
        return answer
      }
      const panel = BrowserWindow.getAllWindows().find((window) => window.getTitle() === 'Incoming call')
      const list = 'aftertone.people.nearby().then(() => "open", (error) => error.message)'
      return [
        await ask(
          url,
          'navigator.mediaDevices.getUserMedia({ video: true }).then(() => "open", (e) => e.name)',
        ),
        await ask(url, list),
        // Our page, in a window that is none of ours.
        await ask('app://aftertone/', list),
        // A window of ours that went astray.
        await panel?.loadURL(url).then(() => panel.webContents.executeJavaScript(list, true)),
      ]
    },
    [`http://127.0.0.1:${port}/`, preload] as const,
  )
  server.close()
  expect(['NotAllowedError', 'TypeError']).toContain(camera)
  expect(foreign).toContain('refused: not one of our pages')
  expect(stranger).toContain('refused: not one of our pages')
  expect(astray).toContain('refused: not one of our pages')
})

test('malformed requests are refused on every channel and change nothing', async ({ launch }) => {
  const { page } = await launch({ person: 'Alice' })
  const nasty: unknown[] = [
    null,
    'x',
    7,
    [],
    { unknown: 1 },
    { toString: 'x' },
    { callId: '../../etc/passwd' },
  ]
  const accepted = await page.evaluate(async (inputs) => {
    const { on: _events, ...features } = aftertone
    const taken: string[] = []
    for (const [feature, requests] of Object.entries(features)) {
      for (const [name, ask] of Object.entries(requests)) {
        for (const input of inputs) {
          // The page's own types say what is right; this is about what is wrong.
          const answer = await (ask as (wrong: unknown) => Promise<unknown>)(input).then(
            () => 'taken',
            (error: Error) =>
              error.message.includes('refused: malformed input') ? 'refused' : error.message,
          )
          if (answer !== 'refused') taken.push(`${feature}/${name} ${JSON.stringify(input)}: ${answer}`)
        }
      }
    }
    return taken
  }, nasty)
  expect(accepted).toEqual([])

  const almost = await page.evaluate(async (id) => {
    const bridge = aftertone as unknown as Record<
      string,
      Record<string, (input: unknown) => Promise<unknown>>
    >
    const tries: [string, string, unknown][] = [
      ['calls', 'place', { personId: id, media: 'video', admin: true }],
      [
        'calls',
        'sendSignal',
        { callId: id, signal: { kind: 'description', type: 'offer', sdp: 'x'.repeat(200_001) } },
      ],
      ['messages', 'sendNote', { callId: id, text: 'x'.repeat(1_001) }],
      ['messages', 'sendNote', { callId: id, text: '   ' }],
      ['takes', 'append', { takeId: id, seq: -1, bytes: new Uint8Array(1) }],
      ['takes', 'append', { takeId: id, seq: 0, bytes: new Uint8Array(16 * 1024 * 1024 + 1) }],
      ['takes', 'append', { takeId: id, seq: 0, bytes: [1, 2, 3] }],
      ['settings', 'change', { ringSeconds: 1e9 }],
      ['settings', 'change', { name: 'x'.repeat(101) }],
      ['history', 'page', { filter: 'all', after: null, limit: 1e6 }],
      ['desktop', 'copyText', { text: 'x'.repeat(5_001) }],
      ['desktop', 'askForMedia', { device: 'screen' }],
    ]
    const taken: string[] = []
    for (const [feature, name, input] of tries) {
      const refused = await bridge[feature]?.[name]?.(input).then(
        () => false,
        (error: Error) => error.message.includes('refused: malformed input'),
      )
      if (!refused) taken.push(`${feature}/${name}`)
    }
    return taken
  }, UNKNOWN)
  expect(almost).toEqual([])
  expect(await page.evaluate(() => aftertone.settings.get())).toMatchObject({
    name: 'Alice',
    ringSeconds: 45,
  })
  expect(await page.evaluate(() => aftertone.people.nearby())).toEqual([])
})

test('nothing leaves the process by itself', async ({ launch }) => {
  const { app } = await launch()
  const answer = await app.evaluate(({ net }) =>
    net.fetch('https://example.invalid/').then(
      () => 'open',
      (error: Error) => error.message,
    ),
  )
  expect(answer).toContain('ERR_BLOCKED_BY_CLIENT')
})
