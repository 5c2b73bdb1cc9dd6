import type { Database } from 'better-sqlite3'
import type { Handlers, Publish } from '../../preload/contract/channels'
import type { AddFailure, Person } from '../../preload/contract/people'
import type { Request, RequestEvents, RequestRequests } from '../../preload/contract/requests'
import { failed, type Result } from '../../preload/contract/result'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Address, Arrival, NetworkEvent, Peer } from '../network/network'
import type { ReachRules } from '../people/reachRules'
import { nameFor } from '../people/shownText'
import { expiredBy, hasRoom, requestLine } from './requestRules'
import {
  closeRequestsOf,
  closeRequestsUntil,
  countOpen,
  insertRequest,
  isKnownRequest,
  openRequests,
  renameRequests,
  type StoredRequest,
} from './requestStore'

const A_DAY_MS = 24 * 3_600_000

export type Requests = {
  handlers: Handlers<RequestRequests>
  hear(event: NetworkEvent): void
  /** A stranger's message waits from now on. Nobody is told: neither we, by a sound, nor the sender, by a receipt. */
  keep(arrival: Arrival): void
  /** Somebody was answered by other means than the tray. */
  announce(): void
  /** Lets old requests expire, now and once a day. */
  start(): void
  stop(): void
}

/** The tray of what strangers want: to be added, or to leave a message. */
export function createRequests({
  db,
  clock,
  log,
  publish,
  peers,
  people,
  numberOf,
}: {
  db: Database
  clock: Clock
  log: Log
  publish: Publish<RequestEvents>
  peers: () => Peer[]
  people: {
    reach: Pick<ReachRules, 'mayAsk'>
    add(person: { address: Address; name: string }): Result<Person, AddFailure>
    block(person: { address: Address; name: string }): void
  }
  /** Null for an address that has no key. */
  numberOf(address: Address): string | null
}): Requests {
  let cancelTimer = (): void => {}

  function list(): Request[] {
    const bySender = new Map<Address, Request>()
    for (const { id, address, name, kind, line, durationMs, receivedAt } of openRequests(db)) {
      const request = bySender.get(address) ?? {
        address,
        name,
        number: numberOf(address),
        addedUs: false,
        messages: [],
      }
      bySender.set(address, request)
      if (kind === 'contact') request.addedUs = true
      else request.messages.push({ id, kind, line, durationMs, receivedAt })
    }
    return [...bySender.values()]
  }

  const announce = () => publish('requests/changed', list())

  function keepOnce(request: Omit<StoredRequest, 'receivedAt'>): void {
    const { address, name } = request
    const renamed = renameRequests(db, address, name)
    const isNew = !isKnownRequest(db, request.id) && hasRoom(countOpen(db, address))
    if (isNew) insertRequest(db, { ...request, receivedAt: clock.now() })
    if (isNew || renamed) announce()
  }

  const nameOf = (address: Address) =>
    nameFor(peers().find((peer) => peer.address === address)?.name ?? '', address)

  function expire(): void {
    const now = clock.now()
    const expired = closeRequestsUntil(db, expiredBy(now), now)
    if (expired > 0) {
      log.info(`${expired} requests expired`)
      announce()
    }
    cancelTimer = clock.after(A_DAY_MS, expire)
  }

  const senderAt = (address: Address) => list().find((request) => request.address === address)

  return {
    handlers: {
      'requests/list': list,
      'requests/accept': ({ address }) => {
        const sender = senderAt(address)
        return sender ? people.add({ address, name: sender.name }) : failed({ kind: 'request-gone' })
      },
      'requests/decline': ({ address }) => {
        closeRequestsOf(db, address, clock.now())
        announce()
        return null
      },
      'requests/block': ({ address }) => {
        const sender = senderAt(address)
        if (sender) people.block({ address, name: sender.name })
        return null
      },
    },
    hear(event) {
      if (event.type !== 'contact-request' || !people.reach.mayAsk(event.from)) return
      const { from: address } = event
      const name = nameFor(event.name, address)
      keepOnce({ id: address, address, name, kind: 'contact', line: '', durationMs: null })
    },
    keep(arrival) {
      const { id, from: address } = arrival
      const about =
        arrival.kind === 'note'
          ? ({ kind: 'text', line: requestLine(arrival.text), durationMs: null } as const)
          : { kind: arrival.file.kind, line: '', durationMs: Math.round(arrival.file.durationMs) }
      keepOnce({ id, address, name: nameOf(address), ...about })
    },
    announce,
    start: expire,
    stop: () => cancelTimer(),
  }
}
