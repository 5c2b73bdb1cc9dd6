import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import { id as uuid } from '../../preload/contract/ids'
import type { Clock } from '../clock'
import type { Network, NetworkEvent } from '../network/network'
import type { People } from '../people/peopleService'
import type { CallReach } from '../people/reach'
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
  people: Pick<People, 'personAt' | 'reach'>
  running: RunningCall
  announce: (call: Call) => void
  notify: { missed(callId: string): void; incoming(callId: string): void }
}): IncomingCalls {
  function hearCall(event: NetworkEvent & { type: 'call' }): void {
    const { callId, from, live } = event
    const decision = people.reach.ofCall(from)
    // Silent or refused, the caller hears the same, before anything else is done: nothing tells a block from a setting.
    if (live && decision !== 'ring') network().decline(callId, 'unanswered', people.reach.accepts(from))
    if (decision === 'refuse') return
    // Told twice (live, and again from an outbox or an archive), or named as the bridge could not carry it.
    if (!uuid.safeParse(callId).success || findCall(db, callId)) return
    const now = clock.now()
    const person = people.personAt(from, event.name)
    const incoming = {
      id: callId,
      personId: person.id,
      direction: 'in',
      media: event.media,
      // Another computer's clock may be wrong; the future would stay on top of the history.
      startedAt: live || !(event.at <= now) ? now : Math.max(0, Math.trunc(event.at)),
      seen: false,
      late: !live,
    } as const
    if (!live || decision === 'silent') {
      keepMissed(incoming, 'unanswered', decision)
      return
    }
    if (running.current()) {
      network().decline(callId, 'busy', people.reach.accepts(from))
      keepMissed(incoming, 'busy', decision)
      return
    }
    const until = now + incomingRingMs(event.ringSeconds)
    running.begin({ ...incoming, state: { phase: 'ringing', until, accepts: null } })
    network().ring(callId, people.reach.accepts(from))
    notify.incoming(callId)
  }

  /** A call that could not ring here goes straight into the history. */
  function keepMissed(
    incoming: Omit<Call, 'state'>,
    outcome: 'busy' | 'unanswered',
    decision: CallReach,
  ): void {
    const at = incoming.startedAt
    const call: Call = { ...incoming, state: { phase: 'ended', outcome, at, talkedMs: 0, accepts: null } }
    insertCall(db, call)
    announce(call)
    if (decision === 'ring') notify.missed(call.id)
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
