import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { failed, ok, type Result } from '../preload/contract/result'
import type { Log } from './log'

/** The system's keychain, where there is one. */
export type SecretBox = {
  /** Null when this system has no safe place for a key. */
  seal(text: string): Uint8Array | null
  /** Null when it was sealed elsewhere, or is damaged. */
  open(bytes: Uint8Array): string | null
}

const PLAIN = 0
const SEALED = 1

/**
 * Reads this device's key, or makes one at the first start. A key that cannot be read is left as it is: a new one
 * in its place would make us a stranger to everybody.
 */
export function readDeviceKey({
  file,
  secretBox,
  make,
  log,
}: {
  file: string
  secretBox: SecretBox
  make(): string
  log: Log
}): Result<string, { kind: 'identity-unreadable' }> {
  const kept = readIfThere(file)
  if (kept === 'unreadable') return failed({ kind: 'identity-unreadable' })
  if (kept) {
    const body = kept.subarray(1)
    const text = kept[0] === SEALED ? secretBox.open(body) : kept[0] === PLAIN ? body.toString('utf8') : null
    if (text !== null) return ok(text)
    log.error('the device key cannot be read')
    return failed({ kind: 'identity-unreadable' })
  }
  const text = make()
  const sealed = secretBox.seal(text)
  if (!sealed) log.warn('no keychain here: the device key lies in a file that only this user may read')
  const bytes = sealed
    ? Buffer.concat([Uint8Array.of(SEALED), sealed])
    : Buffer.concat([Uint8Array.of(PLAIN), Buffer.from(text, 'utf8')])
  try {
    writeWhole(file, bytes)
  } catch (error) {
    log.error('the device key cannot be kept', error)
    return failed({ kind: 'identity-unreadable' })
  }
  return ok(text)
}

function readIfThere(file: string): Buffer | 'unreadable' | null {
  try {
    return readFileSync(file)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? null : 'unreadable'
  }
}

function writeWhole(file: string, bytes: Uint8Array): void {
  const part = `${file}.part`
  const handle = openSync(part, 'w', 0o600)
  try {
    writeSync(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(part, file)
}
