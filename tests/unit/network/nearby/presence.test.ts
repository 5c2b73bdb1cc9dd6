import { expect, test } from 'vitest'
import { createDirectory } from '../../../../main/network/nearby/directory'
import type { Sighting } from '../../../../main/network/nearby/dnsRecords'
import { addressOf, createIdentity } from '../../../../main/network/nearby/identity'
import { createPresence } from '../../../../main/network/nearby/presence'
import type { Peer } from '../../../../main/network/network'
import { createPeerBook } from '../../../../main/network/session/peerBook'
import { createManualClock } from '../manualClock'

const bob = addressOf(createIdentity())
const sighting: Sighting = {
  key: bob.slice(0, 52),
  name: 'Bob',
  endpoints: [{ host: '192.0.2.1', port: 1 }],
  ttlSeconds: 120,
}

test('somebody is within reach while in sight or linked, and is told of when that changes', () => {
  const told: Peer[] = []
  const book = createPeerBook((event) => {
    if (event.type === 'peer') told.push(event.peer)
  })
  const directory = createDirectory(createManualClock())
  let linked = false
  const presence = createPresence({ book, directory, isLinked: () => linked })

  directory.sight(sighting)
  presence.sighted(sighting)
  presence.sighted(sighting)
  expect(told).toMatchObject([{ address: bob, name: 'Bob', reachable: true }])
  linked = true
  presence.update(bob)
  linked = false
  presence.update(bob)
  expect(told).toHaveLength(1)
  directory.forget(bob)
  presence.update(bob)
  expect(told[1]).toMatchObject({ reachable: false })
  linked = true
  presence.update(bob)
  presence.nobody()
  expect(told.slice(2)).toMatchObject([{ reachable: true }, { reachable: false }])
})

test('what somebody calls himself counts more than what the network says', () => {
  const book = createPeerBook(() => {})
  const presence = createPresence({
    book,
    directory: createDirectory(createManualClock()),
    isLinked: () => true,
  })
  presence.update(bob)
  book.learn(bob, { name: 'Bob B.' })
  presence.sighted({ ...sighting, name: 'Not Bob' })
  expect(book.find(bob)?.name).toBe('Bob B.')
})
