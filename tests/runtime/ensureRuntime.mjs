import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureNativeSqlite } from './nativeSqlite.mjs'
import { downloadOfficialElectron, officialElectron } from './officialElectron.mjs'
import { probeRuntime } from './probeRuntime.mjs'
import { say } from './say.mjs'
import { standInElectron } from './standInElectron.mjs'

/**
 * Makes sure that there is an Electron to run with and a better-sqlite3 that loads in it and in Node:
 * the official Electron (downloaded by its own installer), or, only where that download is blocked, the stand-in.
 *
 * @returns {Promise<{ kind: 'official' | 'stand-in', exe: string, electron: string, wanted: string }>}
 */
export async function ensureRuntime() {
  const official = officialElectron()
  let kind = 'official'
  let exe = official.exe
  let versions = await probeRuntime(exe)
  if (!versions && (await downloadOfficialElectron(official.installer))) versions = await probeRuntime(exe)
  if (!versions) {
    kind = 'stand-in'
    exe = await standInElectron()
    versions = await probeRuntime(exe)
  }
  if (!versions) throw new Error('Electron does not start on this machine.')
  await ensureNativeSqlite([Number(versions.napi), Number(process.versions.napi)])
  return { kind, exe, electron: versions.electron, wanted: official.version }
}

/** What `electron` and Playwright read to find the executable. */
export function runtimeEnvironment(runtime) {
  return runtime.kind === 'stand-in' ? { ELECTRON_OVERRIDE_DIST_PATH: path.dirname(runtime.exe) } : {}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const runtime = await ensureRuntime()
  say(`${runtime.kind} Electron ${runtime.electron}; the product is pinned to ${runtime.wanted}`)
}
