import type { Database } from 'better-sqlite3'
import type { Accepts } from '../../preload/contract/people'
import type { Settings } from '../../preload/contract/settings'
import type { Clock } from '../clock'
import type { Address } from '../network/network'
import { standingAt } from './peopleStore'
import { acceptsFor, type CallReach, fits, type MessageReach, type MessageWish, reach } from './reach'
import { isTrusted } from './suggestions'

export type ReachRules = {
  ofCall(from: Address): CallReach
  ofMessage(from: Address, wish: MessageWish): MessageReach
  /** Whether it means anything that they saved us: not of contacts, and not of the blocked. */
  mayAsk(from: Address): boolean
  /** What somebody is told that they may leave. */
  accepts(address: Address): Accepts
  /** Whether this is what they were told that they may leave. */
  fits(from: Address, wish: MessageWish): boolean
}

/** Asks `reach` with what is known of an address at this moment. */
export function createReachRules({
  db,
  clock,
  settings,
  settingsFor,
}: {
  db: Database
  clock: Clock
  settings: { get(): Settings }
  /** The settings as they are for one person. */
  settingsFor(personId: string): Settings
}): ReachRules {
  function about(address: Address) {
    const { personId, contact, blocked, calledByUs } = standingAt(db, address)
    const suggested = personId !== null && isTrusted(db, personId)
    return {
      standing: { contact, blocked, calledByUs, suggested },
      settings: personId === null ? settings.get() : settingsFor(personId),
      now: clock.now(),
    }
  }
  const accepts = (address: Address) => acceptsFor(about(address))
  return {
    ofCall: (from) => reach({ ...about(from), wish: { kind: 'call' } }),
    ofMessage: (from, wish) => reach({ ...about(from), wish }),
    mayAsk(from) {
      const { contact, blocked } = standingAt(db, from)
      return !contact && !blocked
    },
    accepts,
    fits: (from, wish) => fits(wish, accepts(from)),
  }
}
