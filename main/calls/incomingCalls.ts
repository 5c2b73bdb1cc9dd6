import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import { id as uuid } from '../../preload/contract/ids'
import type { Clock } from '../clock'
import type { Network, NetworkEvent } from '../network/network'
import { ACCEPTS_NOTHING } from '../people/accepts'
import type { People } from '../people/peopleService'
import { incomingRingMs } from './callLimits'
import { deleteCall, findCall, insertCall } from './callStore'
import type { RunningCall } from './runningCall'

export type IncomingCalls = {
  hearCall(event: NetworkEvent & { type: 'call' }): void
  hearGlare(event: NetworkEvent & { type: 'glare' }): void
}

/** Decides what becomes of a call that comes in: it rings, is kept as missed, or never was. */
export function createIncomingCalls({
  db,
  clock,
  network,
  people,
  running,
  announce,
  notify,
}: {
  db: Database
  clock: Clock
  network: () => Network
  people: Pick<People, 'personAt' | 'mayConnect' | 'ourAcceptsFor'>
  running: RunningCall
  announce: (call: Call) => void
  notify: { missed(callId: string): void; incoming(callId: string): void }
}): IncomingCalls {
  function hearCall(event: NetworkEvent & { type: 'call' }): void {
    if (!people.mayConnect(event.from)) {
      if (event.live) network().decline(event.callId, 'not-allowed', ACCEPTS_NOTHING)
      return
    }
    // Told twice (live, and again from an outbox or an archive), or named as the bridge could not carry it.
    if (!uuid.safeParse(event.callId).success || findCall(db, event.callId)) return
    const now = clock.now()
    const person = people.personAt(event.from, event.name)
    const incoming = {
      id: event.callId,
      personId: person.id,
      direction: 'in',
      media: event.media,
      // Another computer's clock may be wrong; the future would stay on top of the history.
      startedAt: event.live || !(event.at <= now) ? now : Math.max(0, Math.trunc(event.at)),
      seen: false,
      late: !event.live,
    } as const
    if (!event.live) {
      keepMissed(incoming, 'unanswered')
      return
    }
    const accepts = people.ourAcceptsFor(person.id)
    if (running.current()) {
      network().decline(event.callId, 'busy', accepts)
      keepMissed(incoming, 'busy')
      return
    }
    const until = now + incomingRingMs(event.ringSeconds)
    running.begin({ ...incoming, state: { phase: 'ringing', until, accepts: null } })
    network().ring(event.callId, accepts)
    notify.incoming(event.callId)
  }

  /** A call that could not ring here goes straight into the history. */
  function keepMissed(incoming: Omit<Call, 'state'>, outcome: 'busy' | 'unanswered'): void {
    const at = incoming.startedAt
    const call: Call = { ...incoming, state: { phase: 'ended', outcome, at, talkedMs: 0, accepts: null } }
    insertCall(db, call)
    announce(call)
    notify.missed(call.id)
  }

  /** Both called at once and theirs is the one that counts: ours never was. */
  function hearGlare({ ours, theirs }: NetworkEvent & { type: 'glare' }): void {
    const call = running.is(ours)
    if (call?.state.phase !== 'dialing' || findCall(db, theirs.callId)) {
      // Ours was taken back meanwhile, so nobody here wants theirs either.
      network().end(theirs.callId, 'hung-up')
      return
    }
    deleteCall(db, ours)
    running.begin({
      ...call,
      id: theirs.callId,
      direction: 'in',
      media: theirs.media,
      state: { phase: 'connecting' },
    })
  }

  return { hearCall, hearGlare }
}
