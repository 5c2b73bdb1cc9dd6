/// <reference path="../../renderer/aftertone.d.ts" />
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'

export const ROOT = path.resolve(import.meta.dirname, '../..')

export type AppOptions = {
  /** The profile; launching again with the same one is the same person. */
  folder: string
  /** Apps with the same port find each other, on loopback only. */
  mdnsPort: number
  /** A Y4M file for the fake camera; Chromium's own test picture without one. */
  camera?: string
  /** A WAV file for the fake microphone; Chromium's own beeps without one. */
  voice?: string
  args?: string[]
  env?: Record<string, string>
}

export type LaunchedApp = {
  app: ElectronApplication
  /** The main window's page. */
  page: Page
  folder: string
  /** Everything that it printed. */
  output(): string
  /** The app's own log. */
  log(): string
  /** The page of the panel for incoming calls. */
  panel(): Promise<Page>
  /** Quits as a person would who answers every question with "Leave". */
  close(): Promise<void>
  /** As a crash or a power cut would. */
  kill(): Promise<void>
}

function chromiumFlags({ folder, mdnsPort, camera, voice, args = [] }: AppOptions): string[] {
  return [
    // No GPU under a virtual screen: without this flag Chromium looks for one first, loudly.
    '--disable-gpu',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--password-store=basic',
    '--force-device-scale-factor=1',
    '--use-fake-device-for-media-stream',
    ...(camera ? [`--use-file-for-fake-video-capture=${camera}`] : []),
    ...(voice ? [`--use-file-for-fake-audio-capture=${voice}`] : []),
    `--user-data-dir=${folder}`,
    '--nearby-address=127.0.0.1',
    `--nearby-mdns-port=${mdnsPort}`,
    ...args,
  ]
}

const LONGEST_WAIT_MS = 30_000

/** Playwright tells of a window before its page has an address, so it is asked again until one fits. */
export async function windowAt(app: ElectronApplication, url: string): Promise<Page> {
  const deadline = Date.now() + LONGEST_WAIT_MS
  for (;;) {
    const page = app.windows().find((candidate) => candidate.url() === url)
    if (page) return page
    if (Date.now() > deadline) throw new Error(`no window shows ${url}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const environment = (env: Record<string, string> = {}) => ({
  ...(process.env as Record<string, string>),
  ...env,
})

/** Starts the built app under Playwright; resolves when its page is there. */
export async function launchApp(options: AppOptions): Promise<LaunchedApp> {
  const app = await _electron.launch({
    args: [...chromiumFlags(options), ROOT],
    env: environment(options.env),
    cwd: ROOT,
  })
  let output = ''
  const child = app.process()
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text))
  // The panel is made ahead of the first call, and may be seen before the window that a person works in.
  const page = await windowAt(app, 'app://aftertone/')
  await page.waitForLoadState('domcontentloaded')
  const logFile = path.join(options.folder, 'logs/aftertone.log')
  const exited = () => child.exitCode !== null || child.signalCode !== null
  return {
    app,
    page,
    folder: options.folder,
    output: () => output,
    log: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : ''),
    panel: () => windowAt(app, 'app://aftertone/#panel'),
    async close() {
      if (exited()) return
      await app.evaluate(({ dialog }) => {
        dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
      })
      await app.close()
    },
    async kill() {
      if (exited()) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}

export type RunToEnd = { code: number | null; output: string; dialogs: { message: string; detail: string }[] }

/** Starts the built app without Playwright, for starts that end by themselves; message boxes are answered. */
export async function runToEnd(options: AppOptions, extra: string[] = []): Promise<RunToEnd> {
  const electron: string = createRequire(import.meta.url)('electron')
  const child = spawn(
    electron,
    [...chromiumFlags(options), '-r', path.join(ROOT, 'tests/support/answerDialogs.cjs'), ROOT, ...extra],
    { cwd: ROOT, env: environment(options.env), stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const dialogs = [...output.matchAll(/^DIALOG (.*)$/gm)].map((match) => JSON.parse(match[1] ?? 'null'))
  return { code, output, dialogs }
}
