import { expect, vi } from 'vitest'
import type { Network, NetworkEvent } from '../../../main/network/network'

type Kind = NetworkEvent['type']
export type EventOf<Type extends Kind> = Extract<NetworkEvent, { type: Type }>

export type Witness = {
  events: NetworkEvent[]
  of<Type extends Kind>(type: Type): EventOf<Type>[]
  /** Waits for an event, also one that has been already. */
  sees<Type extends Kind>(
    type: Type,
    matches?: (event: EventOf<Type>) => boolean,
    within?: number,
  ): Promise<EventOf<Type>>
  /** Forgets what was seen so far. */
  clear(): void
}

/** Writes down what a network says. */
export function witness(network: Network): Witness {
  const events: NetworkEvent[] = []
  network.listen((event) => events.push(event))
  const of = <Type extends Kind>(type: Type): EventOf<Type>[] =>
    events.filter((event): event is EventOf<Type> => event.type === type)
  return {
    events,
    of,
    sees: (type, matches = () => true, within = 10_000) =>
      vi.waitFor(
        () => {
          const found = of(type).find(matches)
          if (!found) expect.fail(`no ${type} in ${JSON.stringify(events.map((event) => event.type))}`)
          return found
        },
        { timeout: within, interval: 5 },
      ),
    clear: () => void events.splice(0),
  }
}
