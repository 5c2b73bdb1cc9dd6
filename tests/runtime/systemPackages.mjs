import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { say } from './say.mjs'

/** What Electron itself needs on a bare Debian; libnotify4 is dlopened, without it notifications are "unsupported". */
const TO_RUN = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libnotify4',
  'fonts-liberation',
  'unzip',
  'ffmpeg',
]
/** Only where better-sqlite3 must be built for the stand-in runtime. */
const TO_BUILD = ['g++', 'make', 'python3']
/** A desktop session without a screen, and the parts of it that tests press and look at. */
const TO_TEST = ['xvfb', 'xauth', 'dbus', 'openbox', 'xdotool', 'pcmanfm', 'iproute2']

const NEEDS = { run: [...TO_RUN, ...TO_BUILD], test: [...TO_RUN, ...TO_BUILD, ...TO_TEST] }

/** A package counts under its 64-bit-time name of newer Debians too (libgtk-3-0t64). */
function missingPackages(names) {
  const { stdout } = spawnSync('dpkg', ['--get-selections'], { encoding: 'utf8' })
  const installed = new Set()
  for (const line of stdout.split('\n')) {
    const [name, state] = line.split(/\s+/)
    if (name && state === 'install') installed.add(name.replace(/:.*/, ''))
  }
  return names.filter((name) => !installed.has(name) && !installed.has(`${name}t64`))
}

/**
 * On Debian and its relatives: installs the missing system packages when run as root, else throws one
 * sentence with the exact command. Elsewhere there is nothing to do.
 *
 * @param {'run' | 'test'} purpose
 */
export async function ensureSystemPackages(purpose) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return
  const missing = missingPackages(NEEDS[purpose])
  if (missing.length === 0) return
  const install = ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=600', ...missing]
  if (process.getuid?.() !== 0)
    throw new Error(`System packages are missing. Install them with: sudo apt-get ${install.join(' ')}`)
  say(`installing ${missing.join(' ')}`)
  const run = promisify(execFile)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update'], { env, maxBuffer: 1e8 })
  await run('apt-get', install, { env, maxBuffer: 1e8 })
}

/** Whether a command is on the path. */
export function hasCommand(name) {
  try {
    execFileSync(process.platform === 'win32' ? 'where' : 'which', [name], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
