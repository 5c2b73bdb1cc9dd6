import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

const root = path.resolve(import.meta.dirname, '../..')

/** Builds main, preload and renderer into `out/`. */
export async function build() {
  const script = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  try {
    await promisify(execFile)(process.execPath, [script, 'build', '--logLevel', 'warn'], {
      cwd: root,
      maxBuffer: 1e8,
    })
  } catch (error) {
    throw new Error(`The build failed:\n${error.stdout ?? ''}${error.stderr ?? error.message}`)
  }
}
