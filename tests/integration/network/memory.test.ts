import { systemClock } from '../../../main/clock'
import { createMemoryPair } from '../../../main/network/memory/memoryPair'
import type { Gate } from '../../../main/network/network'
import { networkContract } from './contract'

networkContract('memory', async () => {
  const blocked = { byAlice: new Set<string>(), byBob: new Set<string>() }
  const gate = (by: Set<string>): Gate => ({ mayConnect: (address) => !by.has(address), contacts: () => [] })
  const pair = createMemoryPair({
    clock: systemClock,
    gates: { alice: gate(blocked.byAlice), bob: gate(blocked.byBob) },
  })
  return {
    ...pair,
    blocked,
    cutAfter: (bytes) => {
      pair.faults.cutAfterBytes = bytes
    },
    close: async () => {},
  }
})
