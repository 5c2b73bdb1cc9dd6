import { systemClock } from '../../../main/clock'
import { createMemoryPair } from '../../../main/network/memory/memoryPair'
import { networkContract } from './contract'

networkContract('memory', true, async () => {
  const pair = createMemoryPair({ clock: systemClock })
  return {
    alice: pair.alice,
    bob: pair.bob,
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
