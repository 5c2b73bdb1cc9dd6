import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

/** `process.versions` of an Electron executable, or null when it does not start. */
export async function probeRuntime(exe) {
  if (!existsSync(exe)) return null
  try {
    const { stdout } = await promisify(execFile)(exe, ['-p', 'JSON.stringify(process.versions)'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      timeout: 15_000,
    })
    return JSON.parse(stdout)
  } catch {
    return null
  }
}
