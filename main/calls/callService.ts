import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Call, CallEvents, CallGone, CallRequests, PlaceCallFailure } from '../../preload/contract/calls'
import type { Handlers, Publish } from '../../preload/contract/channels'
import type { Medium } from '../../preload/contract/ids'
import { assertNever, failed, ok, type Result } from '../../preload/contract/result'
import type { Settings } from '../../preload/contract/settings'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Network, NetworkEvent } from '../network/network'
import type { People } from '../people/peopleService'
import { findCall, openCalls } from './callStore'
import { createIncomingCalls } from './incomingCalls'
import { createRunningCall, ringsHere } from './runningCall'

export type Calls = {
  handlers: Handlers<CallRequests>
  hear(event: NetworkEvent): void
  find(callId: string): Call | undefined
  /** The call under way, if any. */
  active(): Call | null
  /** Ends what a crash left open. */
  start(): void
  /** Ends the running call and tells the other side. */
  stop(): void
}

/** The only writer of calls. At most one runs at a time. */
export function createCalls({
  db,
  clock,
  log,
  publish,
  network,
  people,
  settings,
  changed,
  missedWhileAway,
  notify,
}: {
  db: Database
  clock: Clock
  log: Log
  publish: Publish<CallEvents>
  network: () => Network
  people: Pick<People, 'person' | 'personAt' | 'acceptsOf' | 'rememberAccepts' | 'reach'>
  settings: { get(): Settings }
  /** A call's entry in the history changed. */
  changed: (callId: string) => void
  /** An outgoing call that never rang there: they are to be told when they are back. */
  missedWhileAway: (call: Call) => void
  notify: {
    missed(callId: string): void
    incoming(callId: string): void
    withdraw(callId: string): void
  }
}): Calls {
  const ringSeconds = () => settings.get().ringSeconds

  function announce(call: Call): void {
    publish('calls/changed', call)
    // A call that only dials may still be taken back by a tie break: it is no history yet.
    if (call.state.phase !== 'dialing') changed(call.id)
  }

  const running = createRunningCall({
    db,
    clock,
    log,
    network,
    people,
    ringMs: () => ringSeconds() * 1_000,
    news: { announce, missedWhileAway, missed: notify.missed, withdraw: notify.withdraw },
  })

  const incoming = createIncomingCalls({ db, clock, network, people, running, announce, notify })

  function place(personId: string, media: Medium): Result<Call, PlaceCallFailure> {
    const person = people.person(personId)
    if (!person) return failed({ kind: 'person-unknown' })
    const busyWith = running.current()
    if (busyWith) return failed({ kind: 'already-in-call', callId: busyWith.id })
    const call = running.begin({
      id: randomUUID(),
      personId,
      direction: 'out',
      media,
      startedAt: clock.now(),
      state: { phase: 'dialing' },
      seen: true,
      late: false,
    })
    network().propose({ callId: call.id, to: person.address, media, ringSeconds: ringSeconds() })
    return ok(call)
  }

  function answer(callId: string): Call | null {
    const call = running.is(callId)
    if (call?.direction !== 'in') return null
    // A second press changes nothing.
    if (call.state.phase !== 'ringing') return call
    const picked = running.transition(call, { type: 'picked-up' })
    network().accept(callId)
    return picked
  }

  function decline(callId: string): Call | null {
    const call = running.is(callId)
    return call?.direction === 'in' && call.state.phase === 'ringing'
      ? running.finish(call, 'declined')
      : null
  }

  function end(callId: string, why: 'hung-up' | 'media-failed'): Call | null {
    const call = running.is(callId)
    if (!call) return null
    const isRinging = call.state.phase === 'dialing' || call.state.phase === 'ringing'
    if (why === 'media-failed') return running.finish(call, 'failed')
    if (isRinging) return running.finish(call, call.direction === 'out' ? 'cancelled' : 'declined')
    return running.finish(call, 'hung-up')
  }

  function mediaConnected(callId: string): Call | null {
    const call = running.is(callId)
    if (call?.state.phase === 'connected') return call
    return call && running.transition(call, { type: 'connected', at: clock.now() })
  }

  function hearOfRunning(
    call: Call,
    event: NetworkEvent & { type: 'ringing' | 'connect' | 'signal' | 'ended' },
  ): void {
    const { callId } = event
    if ((event.type === 'ringing' || event.type === 'ended') && event.accepts && call.direction === 'out') {
      const address = people.person(call.personId)?.address
      if (address) people.rememberAccepts(address, event.accepts)
    }
    switch (event.type) {
      case 'ringing': {
        const until = clock.now() + ringSeconds() * 1_000
        running.transition(call, { type: 'rings', until, accepts: event.accepts })
        return
      }
      case 'connect': {
        const picked = call.direction === 'out' ? running.transition(call, { type: 'picked-up' }) : call
        if (picked?.state.phase !== 'connecting') return
        publish('calls/connect', { callId, offer: event.offer, plain: event.plain })
        return
      }
      case 'signal':
        publish('calls/signal', { callId, signal: event.signal })
        return
      case 'ended':
        running.ended(call, event.reason)
        return
      default:
        assertNever(event)
    }
  }

  const orGone = (call: Call | null): Result<Call, CallGone> =>
    call ? ok(call) : failed({ kind: 'call-gone' })

  return {
    handlers: {
      'calls/place': ({ personId, media }) => place(personId, media),
      'calls/answer': ({ callId }) => orGone(answer(callId)),
      'calls/decline': ({ callId }) => orGone(decline(callId)),
      'calls/end': ({ callId, reason }) => orGone(end(callId, reason)),
      'calls/mediaConnected': ({ callId }) => orGone(mediaConnected(callId)),
      'calls/sendSignal': ({ callId, signal }) => {
        const phase = running.is(callId)?.state.phase
        if (phase !== 'connecting' && phase !== 'connected') return failed({ kind: 'call-gone' })
        network().signal(callId, signal)
        return ok(null)
      },
      'calls/iceServers': ({ callId }) => (running.is(callId) ? network().iceServers() : []),
      'calls/current': () => running.current(),
      'calls/markSeen': ({ callId }) => {
        const call = findCall(db, callId)
        if (call && !call.seen) {
          running.see(call)
          notify.withdraw(callId)
        }
        return null
      },
    },
    hear(event) {
      if (event.type === 'call') incoming.hearCall(event)
      else if (event.type === 'glare') incoming.hearGlare(event)
      else if (event.type === 'recording') {
        // They record for a call that has ended here.
        const { callId, on } = event
        const call = findCall(db, callId)
        if (call?.direction !== 'in' || people.person(call.personId)?.blocked) return
        publish('calls/recording', { callId, on })
      } else if (
        event.type === 'ringing' ||
        event.type === 'connect' ||
        event.type === 'signal' ||
        event.type === 'ended'
      ) {
        const call = running.is(event.callId)
        if (call) hearOfRunning(call, event)
      }
    },
    find: (callId) => findCall(db, callId),
    active: running.current,
    start() {
      // When the crash was is not known: nothing is made up, a talk counts as short.
      for (const call of openCalls(db)) {
        const at = call.state.phase === 'connected' ? call.state.since : call.startedAt
        running.ended(call, call.state.phase === 'connecting' ? 'failed' : 'cancelled', at)
      }
    },
    stop() {
      const call = running.current()
      if (call && ringsHere(call)) running.finish(call, 'unanswered')
      else if (call) end(call.id, 'hung-up')
    },
  }
}
