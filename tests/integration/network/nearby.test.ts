import { networkContract } from './contract'
import { createLoopbackEnd, randomMdnsPort } from './nearbyPair'

networkContract('nearby', false, async () => {
  const mdnsPort = randomMdnsPort()
  return {
    alice: createLoopbackEnd({ name: 'Alice', mdnsPort }),
    bob: createLoopbackEnd({ name: 'Bob', mdnsPort }),
    mediaAddress: '127.0.0.1',
    close: async () => {},
  }
})
