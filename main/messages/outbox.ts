import type { Database } from 'better-sqlite3'
import { assertNever } from '../../preload/contract/result'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Address, DeliverFailure, Delivery, Network, NetworkEvent } from '../network/network'
import type { OutgoingEvent } from './messageState'
import {
  addressesWithEntries,
  deleteEntry,
  findEntry,
  firstEntryFor,
  moveEntries,
  type OutboxEntry,
  otherAddresses,
} from './outboxStore'
import { throttled } from './progressThrottle'

const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 5 * 60_000

export type Outbox = {
  /** Tries what is queued for this address now. */
  kick(address: Address): void
  hear(event: NetworkEvent): void
  /** Takes an entry out and stops its attempt; resolves when nothing runs for it any more. */
  withdraw(id: string): Promise<void>
  /** Whether something is being sent right now. */
  sending(): boolean
  /** Stops every attempt and timer; the entries stay for the next start. */
  stop(): Promise<void>
}

/** What goes to one address, one entry after the other. */
type Lane = {
  /** `moved`: bytes of it were fetched. */
  running: { id: string; stop: AbortController; moved: boolean; done: Promise<void> } | null
  failures: number
  cancelPause: () => void
  reachable: boolean
  /** Something changed while an attempt ran: try once more at once when it fails. */
  again: boolean
}

/**
 * Delivers what is queued in the database, durably and in order, one attempt an address at a time. It waits
 * for events of the network and polls nothing; only while somebody is reachable and it still fails does it
 * pause and try again by itself.
 */
export function createOutbox({
  db,
  clock,
  log,
  network,
  describe,
  apply,
}: {
  db: Database
  clock: Clock
  log: Log
  network(): Network
  /** What an entry is on the wire; null when its file is lost. */
  describe(entry: OutboxEntry): Promise<Delivery | null>
  /** Something happened to a message on its way. */
  apply(messageId: string, event: OutgoingEvent): void
}): Outbox {
  const lanes = new Map<Address, Lane>()
  let stopped = false

  function laneTo(address: Address): Lane {
    const known = lanes.get(address)
    if (known) return known
    const lane: Lane = { running: null, failures: 0, cancelPause() {}, reachable: false, again: false }
    lanes.set(address, lane)
    return lane
  }

  function kick(address: Address): void {
    const lane = laneTo(address)
    if (lane.running) {
      lane.again = true
      return
    }
    lane.cancelPause()
    const entry = stopped ? null : firstEntryFor(db, address)
    if (!entry) return
    lane.again = false
    const stop = new AbortController()
    const done = attempt(entry, lane, stop)
      .catch((error: unknown) => {
        log.error('an attempt broke', error)
        return 'failed' as const
      })
      .then((outcome) => {
        lane.running = null
        afterAttempt(address, lane, outcome)
      })
    lane.running = { id: entry.id, stop, moved: false, done }
  }

  function afterAttempt(address: Address, lane: Lane, outcome: 'settled' | 'failed'): void {
    if (stopped) return
    if (outcome === 'settled') lane.failures = 0
    if (outcome === 'settled' || lane.again) {
      kick(address)
      return
    }
    lane.failures += 1
    // Somebody who is away announces themselves by an event; a timer would only cost battery.
    if (!lane.reachable) {
      const elsewhere = otherAddresses(db, address).find((other) => laneTo(other).reachable)
      if (elsewhere !== undefined) {
        moveEntries(db, address, elsewhere)
        kick(elsewhere)
      }
      return
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (lane.failures - 1))
    lane.cancelPause = clock.after(pause, () => kick(address))
  }

  async function attempt(
    entry: OutboxEntry,
    lane: Lane,
    stop: AbortController,
  ): Promise<'settled' | 'failed'> {
    const delivery = await describe(entry)
    if (stop.signal.aborted) return whenGone(entry)
    if (!delivery) return settle(entry, { type: 'failed', problem: 'file-lost' })
    const report = throttled(clock, (fraction) => tell(entry, { type: 'progress', fraction }))
    const progress = (bytes: number) => {
      if (delivery.kind !== 'file' || stop.signal.aborted) return
      if (lane.running) lane.running.moved = true
      report(bytes / delivery.file.size)
    }
    const delivered = await network().deliver(delivery, progress, stop.signal)
    if (delivered.ok) return settle(entry, { type: delivered.value })
    const event = eventOf(delivered.failure)
    if (event.type === 'failed') return settle(entry, event)
    log.info('an attempt ended', { kind: delivered.failure.kind, failures: lane.failures })
    tell(entry, event)
    return whenGone(entry)
  }

  /** Somebody who is away where we wrote to and is here now gets it here. */
  function bringWaiting(here: Address): void {
    for (const other of otherAddresses(db, here)) {
      const { reachable, running } = laneTo(other)
      if (!reachable && !running) moveEntries(db, other, here)
    }
  }

  /** They have just let us in: an attempt that they left unanswered until now is made anew, at once. */
  function kickUnanswered(address: Address): void {
    const { running } = laneTo(address)
    kick(address)
    if (running && !running.moved) running.stop.abort()
  }

  /** An attempt for something that was taken back says nothing about the line. */
  const whenGone = (entry: OutboxEntry) => (findEntry(db, entry.id) ? 'failed' : 'settled')

  /** Only while the entry is queued: a message that was taken back hears no more of its attempt. */
  function tell(entry: OutboxEntry, event: OutgoingEvent): void {
    if (entry.messageId && findEntry(db, entry.id)) apply(entry.messageId, event)
  }

  function settle(entry: OutboxEntry, event: OutgoingEvent): 'settled' {
    db.transaction(() => {
      // That it arrived is true even when it was taken back a moment before.
      if (entry.messageId) apply(entry.messageId, event)
      deleteEntry(db, entry.id)
    })()
    return 'settled'
  }

  return {
    kick,
    hear(event) {
      if (event.type === 'peer') {
        const lane = laneTo(event.peer.address)
        const appeared = event.peer.reachable && !lane.reachable
        lane.reachable = event.peer.reachable
        if (!event.peer.reachable) lane.cancelPause()
        if (!appeared) return
        lane.failures = 0
        bringWaiting(event.peer.address)
        kick(event.peer.address)
      } else if (event.type === 'status' && event.status.kind === 'on') {
        for (const address of addressesWithEntries(db)) kick(address)
      } else if (event.type === 'contact-request') {
        kickUnanswered(event.from)
      } else if (event.type === 'receipt') {
        // It came by another way, or the answer to an earlier attempt was slow.
        const entry = findEntry(db, event.id)
        if (entry?.address !== event.from) return
        deleteEntry(db, entry.id)
        const { running } = laneTo(entry.address)
        if (running?.id === entry.id) running.stop.abort()
      }
    },
    async withdraw(id) {
      deleteEntry(db, id)
      const running = [...lanes.values()].find((lane) => lane.running?.id === id)?.running
      running?.stop.abort()
      await running?.done
    },
    sending: () => [...lanes.values()].some((lane) => lane.running !== null),
    async stop() {
      stopped = true
      for (const lane of lanes.values()) {
        lane.cancelPause()
        lane.running?.stop.abort()
      }
      await Promise.all([...lanes.values()].map((lane) => lane.running?.done))
    },
  }
}

function eventOf(failure: DeliverFailure): OutgoingEvent {
  switch (failure.kind) {
    case 'unreachable':
    case 'interrupted':
    case 'cancelled':
      return { type: 'interrupted' }
    case 'refused':
      return { type: 'failed', problem: 'not-accepted' }
    case 'file-lost':
    case 'damaged':
      return { type: 'failed', problem: failure.kind }
    default:
      return assertNever(failure)
  }
}
