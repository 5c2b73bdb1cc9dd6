import { addressOf, createIdentity } from '../../../main/network/nearby/identity'
import { preferredPort } from '../../../main/network/nearby/listener'
import { networkContract } from './contract'
import { createLoopbackEnd, randomMdnsPort } from './nearbyPair'
import { createRelay } from './relay'

/**
 * Two ends out of each other's sight, who know each other by an invite's `host:port` only; both ways lead through a
 * relay that can break. They listen on their own loopback addresses, so that nothing gets past it.
 */
networkContract('nearby through a relay', true, async () => {
  const [alicesIdentity, bobsIdentity] = [createIdentity(), createIdentity()]
  const [alicesAddress, bobsAddress] = [addressOf(alicesIdentity), addressOf(bobsIdentity)]
  const toAlice = await createRelay({ host: '127.0.0.3', port: preferredPort(alicesAddress) })
  const toBob = await createRelay({ host: '127.0.0.4', port: preferredPort(bobsAddress) })
  const alice = createLoopbackEnd({
    name: 'Alice',
    identity: alicesIdentity,
    bind: '127.0.0.3',
    mdnsPort: randomMdnsPort(),
    contacts: [{ address: bobsAddress, endpoint: `127.0.0.1:${toBob.port}` }],
  })
  const bob = createLoopbackEnd({
    name: 'Bob',
    identity: bobsIdentity,
    bind: '127.0.0.4',
    mdnsPort: randomMdnsPort(),
    contacts: [{ address: alicesAddress, endpoint: `127.0.0.1:${toAlice.port}` }],
  })
  return {
    alice,
    bob,
    mediaAddress: '127.0.0.3',
    faults: {
      link: {
        down() {
          toAlice.down()
          toBob.down()
        },
        up() {
          toAlice.up()
          toBob.up()
          alice.wake()
          bob.wake()
        },
      },
      cutAfter: toAlice.cutAfter,
    },
    async close() {
      await toAlice.close()
      await toBob.close()
    },
  }
})
