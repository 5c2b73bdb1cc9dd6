import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { EndReason, Network } from '../network/network'
import type { People } from '../people/peopleService'
import { limitsOf } from './callLimits'
import { type CallEvent, callState, isMissed } from './callState'
import { insertCall, updateCall } from './callStore'

/** What the world hears of calls; each is called after the row was written. */
export type CallNews = {
  announce(call: Call): void
  /** An outgoing call that never rang there: they are to be told when they are back. */
  missedWhileAway(call: Call): void
  missed(callId: string): void
  /** An incoming call stopped ringing. */
  withdraw(callId: string): void
}

export type RunningCall = {
  current(): Call | null
  /** The running call if it is this one. */
  is(callId: string): Call | null
  /** Writes a new call, which runs from now on. */
  begin(call: Call): Call
  /** Null when the event is not allowed in the call's state: late, doubled or out of order. */
  transition(call: Call, event: CallEvent): Call | null
  /** We end it: the other side is told. */
  finish(call: Call, reason: EndReason): Call | null
  /** It ended: the other side knows. */
  ended(call: Call, reason: EndReason, at?: number): Call | null
  /** It was looked at. */
  see(call: Call): void
}

export const ringsHere = (call: Call) => call.direction === 'in' && call.state.phase === 'ringing'

/** Holds the one call that runs, moves it from state to state and ends it when it stays too long in one. */
export function createRunningCall({
  db,
  clock,
  log,
  network,
  people,
  ringMs,
  news,
}: {
  db: Database
  clock: Clock
  log: Log
  network: () => Network
  people: Pick<People, 'person' | 'acceptsOf' | 'reach'>
  /** Our own ring time, in milliseconds. */
  ringMs: () => number
  news: CallNews
}): RunningCall {
  let running: Call | null = null
  let limits: (() => void)[] = []

  const say = (call: Call, what: string) => log.info(`call ${call.id.slice(0, 4)} ${call.direction} ${what}`)
  const isAway = (call: Call) => people.person(call.personId)?.reachable === false

  function runs(call: Call): void {
    for (const cancel of limits) cancel()
    running = call.state.phase === 'ended' ? null : call
    limits = limitsOf(call, clock.now(), ringMs()).map(({ ms, reason, onlyIfAway }) =>
      clock.after(Math.max(0, ms), () => {
        if (running?.id === call.id && !(onlyIfAway && !isAway(call))) finish(running, reason)
      }),
    )
  }

  function begin(call: Call): Call {
    insertCall(db, call)
    runs(call)
    say(call, call.state.phase)
    news.announce(call)
    return call
  }

  function transition(call: Call, event: CallEvent): Call | null {
    const state = callState(call.direction, call.state, event)
    if (state === 'not-allowed') {
      say(call, `${call.state.phase}: ${event.type} not allowed`)
      return null
    }
    const declinedHere = event.type === 'ended' && event.reason === 'declined' && call.direction === 'in'
    const pickedUp = state.phase === 'connecting' || (state.phase === 'ended' && state.outcome === 'answered')
    const next = { ...call, state, seen: call.seen || declinedHere || pickedUp }
    updateCall(db, next)
    runs(next)
    say(next, state.phase === 'ended' ? state.outcome : state.phase)
    news.announce(next)
    if (ringsHere(call)) news.withdraw(call.id)
    if (isMissed(next) && !next.seen) news.missed(next.id)
    if (neverReached(call, next)) news.missedWhileAway(next)
    return next
  }

  /** However short the ring was, they shall find it in their history. */
  function neverReached(before: Call, after: Call): boolean {
    if (after.direction === 'in' || after.state.phase !== 'ended') return false
    return after.state.outcome === 'unreachable' || (before.state.phase === 'dialing' && isAway(after))
  }

  function ended(call: Call, reason: EndReason, at = clock.now()): Call | null {
    // Told just now, while it rang, or an earlier time.
    const accepts = call.direction === 'out' ? people.acceptsOf(call.personId) : null
    return transition(call, { type: 'ended', reason, at, accepts })
  }

  function finish(call: Call, reason: EndReason): Call | null {
    if (ringsHere(call)) {
      const answer = reason === 'declined' ? 'declined' : 'unanswered'
      const done = ended(call, answer)
      const address = people.person(call.personId)?.address ?? ''
      network().decline(call.id, answer, people.reach.accepts(address))
      return done
    }
    const done = ended(call, reason)
    network().end(call.id, reason)
    return done
  }

  return {
    current: () => running,
    is: (callId) => (running?.id === callId ? running : null),
    begin,
    transition,
    finish,
    ended,
    see(call) {
      const seen = { ...call, seen: true }
      updateCall(db, seen)
      if (running?.id === call.id) running = seen
      news.announce(seen)
    },
  }
}
