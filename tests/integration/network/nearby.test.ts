import { networkContract } from './contract'
import { createLoopbackEnd, randomMdnsPort } from './nearbyPair'

networkContract('nearby', false, async () => {
  const blocked = { byAlice: new Set<string>(), byBob: new Set<string>() }
  const mdnsPort = randomMdnsPort()
  return {
    alice: createLoopbackEnd({ name: 'Alice', mdnsPort, blocked: blocked.byAlice }),
    bob: createLoopbackEnd({ name: 'Bob', mdnsPort, blocked: blocked.byBob }),
    blocked,
    mediaAddress: '127.0.0.1',
    close: async () => {},
  }
})
