import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../main/clock'
import type { SecretBox } from '../../../main/deviceKeyFile'
import { silentLog } from '../../../main/log'
import { createMemoryPair } from '../../../main/network/memory/memoryPair'
import type { Network } from '../../../main/network/network'
import { createServices, type ServiceOptions } from '../../../main/services'
import { testFolder } from '../database/testDatabase'

const keychain: SecretBox = {
  seal: (text) => Buffer.from(text),
  open: (bytes) => Buffer.from(bytes).toString(),
}

const nearby: ServiceOptions['network'] = { kind: 'nearby', bind: '127.0.0.1', mdnsPort: 29_353 }
const openIn = (folder: string, secretBox = keychain, network: ServiceOptions['network'] = nearby) =>
  createServices({
    folder,
    clock: systemClock,
    createLog: () => silentLog,
    publish() {},
    notify: { incomingCall() {}, missedCall() {}, message() {}, withdraw() {} },
    ffmpeg: { environment: process.env, resourcesFolder: null, packaged: false },
    secretBox,
    network,
  })
const failure = (kind: string) => ({ ok: false, failure: { kind } })

describe('the services', () => {
  it('keep who we are over restarts', async () => {
    const folder = testFolder()
    const addresses = []
    for (let start = 0; start < 2; start++) {
      const created = openIn(folder)
      if (!created.ok) throw new Error(created.failure.kind)
      addresses.push(created.value.address)
      await created.value.stop()
    }
    expect(addresses[0]).toMatch(/^[a-z2-7]{52}@nearby\.invalid$/)
    expect(addresses[1]).toBe(addresses[0])
  })

  it('leave a database from the future as it is', () => {
    const folder = testFolder()
    const file = path.join(folder, 'aftertone.db')
    const db = new Sqlite(file)
    db.pragma('user_version = 99990')
    db.close()
    const before = readFileSync(file)
    expect(openIn(folder)).toEqual(failure('database-from-future'))
    expect(readFileSync(file)).toEqual(before)
  })

  it('leave a damaged database as it is', () => {
    const folder = testFolder()
    const file = path.join(folder, 'aftertone.db')
    writeFileSync(file, 'this was a database once'.repeat(100))
    const before = readFileSync(file)
    expect(openIn(folder)).toEqual(failure('database-corrupt'))
    expect(readFileSync(file)).toEqual(before)
  })

  it('say when their folder cannot be used', () => {
    const folder = testFolder()
    writeFileSync(path.join(folder, 'taken'), '')
    expect(openIn(path.join(folder, 'taken'))).toEqual(failure('database-unwritable'))
  })

  it('say when the key cannot be read, and can be opened once it can', async () => {
    const folder = testFolder()
    const first = openIn(folder)
    if (first.ok) await first.value.stop()
    const otherUser: SecretBox = { seal: () => null, open: () => null }
    expect(openIn(folder, otherUser)).toEqual(failure('identity-unreadable'))
    const again = openIn(folder)
    expect(again.ok).toBe(true)
    if (again.ok) await again.value.stop()
  })

  it('do not take a damaged key for one', () => {
    const folder = testFolder()
    mkdirSync(folder, { recursive: true })
    for (const damaged of ['{}', '{"privateKey":"x","certificate":"y"}', 'null']) {
      writeFileSync(path.join(folder, 'identity.bin'), Buffer.concat([Buffer.of(1), Buffer.from(damaged)]))
      expect(openIn(folder)).toEqual(failure('identity-unreadable'))
    }
  })
})

describe('stopping', () => {
  /** A network in memory, some of it as the test wants it. */
  function openWith(faults: Partial<Network>) {
    const { alice } = createMemoryPair({ clock: systemClock })
    const created = openIn(testFolder(), keychain, { kind: 'given', open: () => ({ ...alice, ...faults }) })
    if (!created.ok) throw new Error(created.failure.kind)
    return created.value
  }

  it('during a start waits for it, and keeps it from going on the network', async () => {
    let started = 0
    const services = openWith({
      async start() {
        started += 1
      },
    })
    const ended: string[] = []
    const starting = services.start().then(() => ended.push('start'))
    await services.stop()
    ended.push('stop')
    await starting
    expect(ended).toEqual(['start', 'stop'])
    expect(started).toBe(0)
    await services.start()
    expect(started).toBe(0)
  })

  it('goes on with the rest when a part cannot stop', async () => {
    const services = openWith({
      async stop() {
        throw new Error('broken on purpose')
      },
    })
    await services.start()
    await services.stop()
    expect(() => services.unseen()).toThrow('not open')
  })
})
