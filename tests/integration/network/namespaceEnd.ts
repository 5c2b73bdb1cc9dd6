/** One device in a network namespace of its own; run by nearbyNamespaces.test.ts, which tells it what to do. */
import { systemClock } from '../../../main/clock'
import { silentLog } from '../../../main/log'
import { createIdentity } from '../../../main/network/nearby/identity'
import { createNearbyNetwork } from '../../../main/network/nearby/nearbyNetwork'
import type { Delivery, NetworkEvent } from '../../../main/network/network'

export type Order =
  | { do: 'propose'; callId: string; to: string }
  | { do: 'deliver'; delivery: Delivery }
  | { do: 'stop' }

export type Word =
  | { type: 'ready'; self: string }
  | { type: 'event'; event: NetworkEvent }
  | { type: 'delivered'; outcome: unknown }
  | { type: 'progress'; bytes: number }
  | { type: 'stopped' }

const [name = 'device', received = ''] = process.argv.slice(2)
const say = (word: Word): void => void process.send?.(word)

const network = createNearbyNetwork({
  identity: createIdentity(),
  name,
  knownContacts: () => [],
  bind: null,
  mdnsPort: 5353,
  clock: systemClock,
  createLog: () => silentLog,
})

network.listen((event) => {
  say({ type: 'event', event })
  if (event.type === 'call' && event.live) {
    network.ring(event.callId, { video: 60, audio: 60, text: true, note: '' })
  }
  if (event.type === 'arrival' && event.arrival.kind === 'file') {
    const { arrival } = event
    void network
      .fetch(arrival, received, (bytes) => say({ type: 'progress', bytes }), new AbortController().signal)
      .then((fetched) => network.acknowledge(arrival, fetched.ok ? 'received' : 'damaged'))
  }
})

process.on('message', (order: Order) => void obey(order))

async function obey(order: Order): Promise<void> {
  switch (order.do) {
    case 'propose':
      network.propose({ callId: order.callId, to: order.to, media: 'video', ringSeconds: 30 })
      return
    case 'deliver': {
      const outcome = await network.deliver(order.delivery, () => {}, new AbortController().signal)
      say({ type: 'delivered', outcome })
      return
    }
    case 'stop':
      await network.stop()
      say({ type: 'stopped' })
      process.disconnect()
      return
  }
}

void network.start().then(() => say({ type: 'ready', self: network.self }))
