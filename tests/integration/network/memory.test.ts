import { systemClock } from '../../../main/clock'
import { createMemoryPair } from '../../../main/network/memory/memoryPair'
import type { Gate } from '../../../main/network/network'
import { networkContract } from './contract'

networkContract('memory', true, async () => {
  const blocked = { byAlice: new Set<string>(), byBob: new Set<string>() }
  const gate = (by: Set<string>): Gate => ({ mayConnect: (address) => !by.has(address), contacts: () => [] })
  const pair = createMemoryPair({
    clock: systemClock,
    gates: { alice: gate(blocked.byAlice), bob: gate(blocked.byBob) },
  })
  return {
    alice: pair.alice,
    bob: pair.bob,
    blocked,
    mediaAddress: '127.0.0.1',
    faults: {
      link: pair.link,
      cutAfter: (bytes) => {
        pair.faults.cutAfterBytes = bytes
      },
    },
    close: async () => {},
  }
})
