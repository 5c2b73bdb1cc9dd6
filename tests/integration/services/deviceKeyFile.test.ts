import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDeviceKey, type SecretBox } from '../../../main/deviceKeyFile'
import { silentLog } from '../../../main/log'
import { testFolder } from '../database/testDatabase'

const keychain: SecretBox = {
  seal: (text) => Buffer.from(text).reverse(),
  open: (bytes) => Buffer.from(bytes).reverse().toString(),
}
const noKeychain: SecretBox = { seal: () => null, open: () => null }
const unused = () => {
  throw new Error('a second key was made')
}

function readIn(folder: string, secretBox: SecretBox, make: () => string) {
  const warnings: string[] = []
  const log = { ...silentLog, warn: (message: string) => void warnings.push(message) }
  return { key: readDeviceKey({ file: join(folder, 'identity.bin'), secretBox, make, log }), warnings }
}

describe('the device key', () => {
  it('is made once and sealed', () => {
    const folder = testFolder()
    expect(readIn(folder, keychain, () => 'a key').key).toEqual({ ok: true, value: 'a key' })
    expect(readFileSync(join(folder, 'identity.bin'), 'latin1')).not.toContain('a key')
    expect(readIn(folder, keychain, unused).key).toEqual({ ok: true, value: 'a key' })
  })

  it('lies in a file for this user only where there is no keychain, and the log says so', () => {
    const folder = testFolder()
    const { key, warnings } = readIn(folder, noKeychain, () => 'a key')
    expect(key).toEqual({ ok: true, value: 'a key' })
    expect(warnings).toHaveLength(1)
    expect(statSync(join(folder, 'identity.bin')).mode & 0o777).toBe(0o600)
    expect(readIn(folder, noKeychain, unused).key).toEqual({ ok: true, value: 'a key' })
  })

  it('is left as it is when it cannot be read', () => {
    const folder = testFolder()
    const file = join(folder, 'identity.bin')
    readIn(folder, keychain, () => 'a key')
    const before = readFileSync(file)
    const unreadable = { ok: false, failure: { kind: 'identity-unreadable' } }
    expect(readIn(folder, noKeychain, unused).key).toEqual(unreadable)
    expect(readFileSync(file)).toEqual(before)
    for (const damaged of ['', 'x']) {
      writeFileSync(file, damaged)
      expect(readIn(folder, keychain, unused).key).toEqual(unreadable)
      expect(readFileSync(file, 'utf8')).toBe(damaged)
    }
  })
})
