import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type SmallDisk = { path: string; unmount(): void }

/** Mounting a disk that is really full takes root on Linux; elsewhere there is none, and the tests that want it say so. */
export const canMountSmallDisk = process.platform === 'linux' && process.getuid?.() === 0

/** A disk of its own in memory. `options` as mount takes them, like `size=2m` or `ro`. */
export function mountSmallDisk(options: string): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'aftertone-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path])
  let mounted = true
  const unmount = () => {
    if (!mounted) return
    mounted = false
    execFileSync('umount', ['-l', path])
    rmdirSync(path)
  }
  process.once('exit', unmount)
  return { path, unmount }
}
