import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { say } from './say.mjs'

/** Outside the checkout, so that one download serves every clone. */
export const cacheFolder =
  process.env.AFTERTONE_RUNTIME_CACHE ??
  path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'aftertone')

const STALE_LOCK_MS = 10 * 60_000

/** Runs `make` for one process at a time; others wait for it. mkdir is atomic everywhere. */
export async function locked(name, make) {
  const lock = path.join(cacheFolder, `${name}.lock`)
  await fs.mkdir(cacheFolder, { recursive: true })
  for (let tries = 0; ; tries++) {
    try {
      await fs.mkdir(lock)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const made = await fs.stat(lock).then(
        (stat) => stat.mtimeMs,
        () => Date.now(),
      )
      if (Date.now() - made > STALE_LOCK_MS) {
        await fs.rm(lock, { recursive: true, force: true })
        continue
      }
      if (tries === 0) say(`waiting for another process that prepares ${name}`)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
  try {
    return await make()
  } finally {
    await fs.rm(lock, { recursive: true, force: true })
  }
}

/** In the form of package-lock's `integrity`. */
export async function sha512(file) {
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return `sha512-${hash.digest('base64')}`
}
