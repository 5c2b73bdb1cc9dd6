import { networkContract } from './contract'
import { createLoopbackEnd, randomMdnsPort } from './nearbyPair'

networkContract('nearby', async () => {
  const blocked = { byAlice: new Set<string>(), byBob: new Set<string>() }
  const mdnsPort = randomMdnsPort()
  return {
    alice: createLoopbackEnd({ name: 'Alice', mdnsPort, blocked: blocked.byAlice }),
    bob: createLoopbackEnd({ name: 'Bob', mdnsPort, blocked: blocked.byBob }),
    blocked,
    link: null,
    cutAfter: null,
    close: async () => {},
  }
})
