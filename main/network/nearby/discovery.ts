import { createSocket } from 'node:dgram'
import { networkInterfaces } from 'node:os'
import multicastDns from 'multicast-dns'
import type { Clock } from '../../clock'
import type { Log } from '../../log'
import { announcement, type DnsAnswers, SERVICE, type Sighting, sightingsIn } from './dnsRecords'

export type Discovery = {
  /** Looks which interfaces there are now; new ones are announced on and asked. Returns how many there are. */
  rescan(): number
  /** Asks on every interface who is there. */
  ask(): void
  /** Tells again who we are, such as under a new name. */
  announce(): void
  /** Says goodbye and closes every socket. */
  stop(): Promise<void>
}

const GROUP = '224.0.0.251'
const TTL_SECONDS = 120
/** RFC 6762: an answer is not multicast more than once a second. */
const ANSWER_PAUSE_MS = 1_000

type Responder = { respond(ttlSeconds: number): void; ask(): void; close(): Promise<void> }

/**
 * DNS-SD on one multicast socket for each interface, since one for all sends on the default route only.
 * @param bind the one address to be found on; null: every IPv4 interface but loopback
 */
export function createDiscovery({
  key,
  port,
  name,
  bind,
  mdnsPort,
  clock,
  onSighting,
  log,
}: {
  key: string
  port: number
  name: () => string
  bind: string | null
  mdnsPort: number
  clock: Clock
  onSighting: (sighting: Sighting) => void
  log: Log
}): Discovery {
  const responders = new Map<string, Responder>()
  const loopback = bind?.startsWith('127.') ?? false

  function open(address: string): Responder {
    let answeredAt = Number.NEGATIVE_INFINITY
    let stopPause: (() => void) | null = null
    let closed = false
    const socket = createSocket({ type: 'udp4', reuseAddr: true })
    // multicast-dns would look for interfaces every 5 s for ever; we keep the one membership ourselves.
    const mdns = multicastDns({ socket, multicast: false, port: mdnsPort, bind: '0.0.0.0' })
    const failed = (error: Error): void => {
      // An interface that goes away fails every send until the next rescan; that is no news.
      log.debug('multicast failed', { message: error.message })
    }
    socket.on('listening', () => {
      try {
        socket.addMembership(GROUP, address)
        socket.setMulticastInterface(address)
        socket.setMulticastTTL(255)
        socket.setMulticastLoopback(true)
      } catch (error) {
        failed(error instanceof Error ? error : new Error(String(error)))
      }
    })
    const answers = (ttlSeconds: number): DnsAnswers =>
      announcement({ key, name: name(), address, port, ttlSeconds })
    function respond(ttlSeconds: number): void {
      answeredAt = clock.now()
      mdns.respond(answers(ttlSeconds))
    }
    function answer(): void {
      if (stopPause) return
      const wait = answeredAt + ANSWER_PAUSE_MS - clock.now()
      if (wait <= 0) {
        respond(TTL_SECONDS)
        return
      }
      stopPause = clock.after(wait, () => {
        stopPause = null
        if (!closed) respond(TTL_SECONDS)
      })
    }
    const ask = (): void => mdns.query([{ name: SERVICE, type: 'PTR' }])
    mdns.on('warning', failed)
    mdns.on('error', failed)
    mdns.on('query', (query) => {
      if (query.questions?.some((question) => question.name === SERVICE)) answer()
    })
    mdns.on('response', (response) => {
      for (const sighting of sightingsIn(
        [...(response.answers ?? []), ...(response.additionals ?? [])],
        loopback,
      )) {
        if (sighting.key !== key) onSighting(sighting)
      }
    })
    mdns.on('ready', () => {
      respond(TTL_SECONDS)
      ask()
    })
    return {
      respond,
      ask,
      async close() {
        closed = true
        stopPause?.()
        await new Promise<void>((sent) => mdns.respond(answers(0), () => sent()))
        await new Promise<void>((gone) => mdns.destroy(() => gone()))
      },
    }
  }

  return {
    rescan() {
      const present = bind === null ? addressesOfInterfaces() : [bind]
      for (const [address, responder] of responders) {
        if (present.includes(address)) continue
        responders.delete(address)
        void responder.close()
      }
      for (const address of present) {
        if (!responders.has(address)) responders.set(address, open(address))
      }
      return present.length
    },
    ask() {
      for (const responder of responders.values()) responder.ask()
    },
    announce() {
      for (const responder of responders.values()) responder.respond(TTL_SECONDS)
    },
    async stop() {
      const all = [...responders.values()]
      responders.clear()
      await Promise.all(all.map((responder) => responder.close()))
    },
  }
}

export const addressesOfInterfaces = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === 'IPv4' && !address.internal)
    .map((address) => address.address)
