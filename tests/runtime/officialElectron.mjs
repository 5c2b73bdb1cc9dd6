import { spawn } from 'node:child_process'
import fs from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { cacheFolder } from './cache.mjs'
import { say } from './say.mjs'

const require = createRequire(import.meta.url)
const DOWNLOAD_LIMIT_MS = 180_000
const CONNECT_LIMIT_MS = 20_000
const REMEMBER_FAILURE_MS = 6 * 3_600_000

const executable =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron'

/** Where the `electron` package keeps, or would keep, its download. */
export function officialElectron() {
  const packageFile = require.resolve('electron/package.json')
  const folder = path.dirname(packageFile)
  return {
    exe: path.join(folder, 'dist', executable),
    installer: path.join(folder, 'install.js'),
    version: require(packageFile).version,
  }
}

/** Runs Electron's own installer; false when the download is blocked here, which is then remembered for a while. */
export async function downloadOfficialElectron(installer) {
  const memo = path.join(cacheFolder, 'official-unreachable')
  const failed = await fs.stat(memo).catch(() => null)
  if (failed && Date.now() - failed.mtimeMs < REMEMBER_FAILURE_MS) return false
  say('downloading Electron')
  const done = await new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: failed ? CONNECT_LIMIT_MS : DOWNLOAD_LIMIT_MS,
      killSignal: 'SIGKILL',
    })
    let errors = ''
    child.stderr.on('data', (data) => {
      errors += data
    })
    child.on('error', () => resolve(false))
    child.on('close', (code) => {
      if (code !== 0)
        say(`Electron's own download failed: ${/error.*/i.exec(errors)?.[0].slice(0, 160) ?? code}`)
      resolve(code === 0)
    })
  })
  if (!done) {
    await fs.mkdir(cacheFolder, { recursive: true })
    await fs.writeFile(memo, '')
  }
  return done
}
