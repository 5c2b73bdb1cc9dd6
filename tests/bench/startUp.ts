import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { _electron } from '@playwright/test'
import { ROOT, windowAt } from '../support/launchApp'
import { median } from '../support/median'
import type { BenchRow } from './row'

const ROUNDS = 5
const EMPTY_PAGE = 'data:text/html,<h1>empty</h1>'

type Started = { folder: string; url: string; args: string[] }

const EMPTY_MAIN = `
const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1000, height: 680, show: false, webPreferences: { sandbox: true } })
  window.once('ready-to-show', () => window.show())
  void window.loadURL('${EMPTY_PAGE}')
})
app.on('window-all-closed', () => app.quit())
`

/** Milliseconds from spawning the app until something that a person can use is painted. */
async function startOnce({ folder, url, args }: Started): Promise<number> {
  const profile = await fs.mkdtemp(path.join(os.tmpdir(), 'aftertone-start-'))
  const startedAt = performance.now()
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const app = await _electron.launch({
    args: ['--disable-gpu', ...sandbox, `--user-data-dir=${profile}`, ...args, folder],
  })
  try {
    const page = await windowAt(app, url)
    await page.locator('h1').waitFor()
    return performance.now() - startedAt
  } finally {
    await app.close()
    await fs.rm(profile, { recursive: true, force: true })
  }
}

/** Our start against an empty Electron window in the same run, rounds interleaved. */
export async function benchStartUp(): Promise<BenchRow[]> {
  const empty = await fs.mkdtemp(path.join(os.tmpdir(), 'aftertone-empty-'))
  await fs.writeFile(path.join(empty, 'package.json'), JSON.stringify({ name: 'empty', main: 'main.cjs' }))
  await fs.writeFile(path.join(empty, 'main.cjs'), EMPTY_MAIN)
  const nearby = ['--nearby-address=127.0.0.1', '--nearby-mdns-port=25999']
  const ours: number[] = []
  const reference: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const emptyMs = await startOnce({ folder: empty, url: EMPTY_PAGE, args: [] })
    const ourMs = await startOnce({ folder: ROOT, url: 'app://aftertone/', args: nearby })
    if (round === 0) continue // fills the file caches
    reference.push(emptyMs)
    ours.push(ourMs)
  }
  await fs.rm(empty, { recursive: true, force: true })
  const [a, b] = [median(ours), median(reference)]
  return [
    {
      name: 'start → usable window, against an empty Electron window',
      ours: a,
      reference: b,
      unit: 'ms',
      ratio: a / b,
      budget: '≤ 1.25 ×',
    },
  ]
}
