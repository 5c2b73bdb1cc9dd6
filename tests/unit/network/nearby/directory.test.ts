import { describe, expect, test } from 'vitest'
import { addressOfKey } from '../../../../main/network/nearby/address'
import { createDirectory } from '../../../../main/network/nearby/directory'
import type { Sighting } from '../../../../main/network/nearby/dnsRecords'
import { addressOf, createIdentity } from '../../../../main/network/nearby/identity'
import { createRedialer } from '../../../../main/network/nearby/redialer'
import { createManualClock, settle } from '../manualClock'

const bob = addressOf(createIdentity())
const sighting = (about: Partial<Sighting> = {}): Sighting => ({
  key: bob.slice(0, 52),
  name: 'Bob',
  endpoints: [{ host: '192.0.2.1', port: 1 }],
  ttlSeconds: 120,
  ...about,
})

describe('the directory', () => {
  test('knows where somebody is as long as the announcement lasts', async () => {
    const clock = createManualClock()
    const directory = createDirectory(clock)
    expect(directory.sight(sighting())).toBe(true)
    await clock.advance(119_000)
    expect(directory.expire()).toEqual([])
    expect(directory.inSight(bob)).toBe(true)
    await clock.advance(2_000)
    expect(directory.expire()).toEqual([bob])
    expect(directory.inSight(bob)).toBe(false)
  })

  test('gathers the addresses of several networks, and drops them when the port changed', () => {
    const directory = createDirectory(createManualClock())
    directory.sight(sighting())
    directory.sight(sighting({ endpoints: [{ host: '198.51.100.1', port: 1 }] }))
    expect(directory.endpointsOf(bob)).toHaveLength(2)
    directory.sight(sighting({ endpoints: [{ host: '198.51.100.1', port: 2 }] }))
    expect(directory.endpointsOf(bob)).toEqual([{ host: '198.51.100.1', port: 2 }])
  })

  test('forgets on goodbye, but not where an invite said to try', () => {
    const directory = createDirectory(createManualClock())
    directory.hint(bob, 'given', { host: 'bob.example', port: 5 })
    directory.sight(sighting())
    expect(directory.sight(sighting({ ttlSeconds: 0 }))).toBe(false)
    expect(directory.endpointsOf(bob)).toEqual([{ host: 'bob.example', port: 5 }])
  })

  test('is not filled up by devices that somebody made up', () => {
    const directory = createDirectory(createManualClock())
    const keys = Array.from(
      { length: 300 },
      (_, index) => `${index.toString(2).replaceAll('0', 'x').replaceAll('1', 'y').padStart(51, 'x')}a`,
    )
    for (const key of keys) directory.sight(sighting({ key }))
    expect(keys.filter((key) => directory.inSight(addressOfKey(key)))).toHaveLength(256)
  })
})

describe('the redialer', () => {
  test('tries again after pauses that double, up to five minutes', async () => {
    const clock = createManualClock()
    const tried: number[] = []
    const start = clock.now()
    const redialer = createRedialer(clock, async () => {
      tried.push((clock.now() - start) / 1_000)
      return false
    })
    for (let tick = 0; tick < 100; tick += 1) {
      redialer.tick([bob])
      await clock.advance(15_000)
    }
    expect(tried).toEqual([0, 15, 45, 105, 225, 465, 765, 1065, 1365])
  })

  test('forgets the pauses once it got through, when told to, and when there was nowhere to try', async () => {
    const clock = createManualClock()
    let answer: Promise<boolean> | null = Promise.resolve(false)
    let tries = 0
    const redialer = createRedialer(clock, () => {
      tries += 1
      return answer
    })
    const tick = async (): Promise<number> => {
      redialer.tick([bob])
      await settle()
      return tries
    }
    expect(await tick()).toBe(1)
    expect(await tick()).toBe(1)
    redialer.reset()
    answer = Promise.resolve(true)
    expect(await tick()).toBe(2)
    answer = null
    expect(await tick()).toBe(3)
    expect(await tick()).toBe(4)
  })
})
