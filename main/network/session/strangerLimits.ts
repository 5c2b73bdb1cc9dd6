import type { Clock } from '../../clock'
import type { Address } from '../network'

/** A call of somebody who is no contact. Late: it is told of afterwards. */
export type StrangersCall = { from: Address; callId: string; late: boolean; at: number }

/** Each says whether the call may come in, and remembers it if so. */
export type StrangerLimits = {
  live(from: Address, callId: string): boolean
  late(from: Address, callId: string): boolean
}

const LIVE_WITHIN_MS = 10 * 60_000
const MOST_LIVE_OF_ONE = 10
const LATE_WITHIN_MS = 3_600_000
const MOST_LATE_OF_ONE = 5
/** Keys cost nothing, so there is a limit for all of them too. */
const MOST_LATE = 50

/** Those that still count. */
export const recentCalls = (calls: readonly StrangersCall[], now: number): StrangersCall[] =>
  calls.filter((call) => now - call.at < (call.late ? LATE_WITHIN_MS : LIVE_WITHIN_MS))

const isSame = (one: StrangersCall, other: StrangersCall): boolean =>
  one.late === other.late && one.from === other.from && one.callId === other.callId

/** @param recent the calls that still count; one of them that is told again is no further one */
export function mayComeIn(recent: readonly StrangersCall[], call: StrangersCall): boolean {
  if (recent.some((one) => isSame(one, call))) return true
  const alike = recent.filter((one) => one.late === call.late)
  const ofOne = alike.filter((one) => one.from === call.from)
  if (!call.late) return ofOne.length < MOST_LIVE_OF_ONE
  return ofOne.length < MOST_LATE_OF_ONE && alike.length < MOST_LATE
}

/** What people whom we did not save may put into our history, and how often they may ring. */
export function createStrangerLimits({
  clock,
  isContact,
}: {
  clock: Clock
  isContact: (peer: Address) => boolean
}): StrangerLimits {
  let recent: StrangersCall[] = []

  function ask(from: Address, callId: string, late: boolean): boolean {
    if (isContact(from)) return true
    const call = { from, callId, late, at: clock.now() }
    recent = recentCalls(recent, call.at)
    if (!mayComeIn(recent, call)) return false
    if (!recent.some((one) => isSame(one, call))) recent.push(call)
    return true
  }

  return {
    live: (from, callId) => ask(from, callId, false),
    late: (from, callId) => ask(from, callId, true),
  }
}
