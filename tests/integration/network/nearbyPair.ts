import { systemClock } from '../../../main/clock'
import { silentLog } from '../../../main/log'
import { createIdentity, type Identity } from '../../../main/network/nearby/identity'
import { createNearbyNetwork, type NearbyNetwork } from '../../../main/network/nearby/nearbyNetwork'

/** A UDP port that no real mDNS listens on, another one for each pair. */
export const randomMdnsPort = (): number => 40_000 + Math.floor(Math.random() * 20_000)

export type EndOptions = {
  name: string
  mdnsPort: number
  bind?: string
  identity?: Identity
  contacts?: { address: string; endpoint: string | null }[]
}

/** A nearby network on the loopback interface. */
export const createLoopbackEnd = (options: EndOptions): NearbyNetwork =>
  createNearbyNetwork({
    identity: options.identity ?? createIdentity(),
    name: options.name,
    knownContacts: () => options.contacts ?? [],
    bind: options.bind ?? '127.0.0.1',
    mdnsPort: options.mdnsPort,
    clock: systemClock,
    createLog: () => silentLog,
  })
