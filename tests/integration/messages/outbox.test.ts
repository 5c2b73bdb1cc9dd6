import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../../main/log'
import type { OutgoingEvent } from '../../../main/messages/messageState'
import { createOutbox, type Outbox } from '../../../main/messages/outbox'
import { addressesWithEntries, insertEntry } from '../../../main/messages/outboxStore'
import type { DeliverFailure, Delivery, NetworkEvent } from '../../../main/network/network'
import { failed, ok, type Result } from '../../../preload/contract/result'
import { eventually } from '../../support/eventually'
import { heldClock } from '../calls/heldClock'
import { recordingNetwork } from '../calls/recordingNetwork'
import { testDatabase } from '../database/testDatabase'
import { BOB, CAROL, unansweredCall, waitingNote } from './rows'

type Attempt = {
  delivery: Delivery
  progress: (bytes: number) => void
  answer(outcome: Result<'stored' | 'received', DeliverFailure>): void
}

let clock: ReturnType<typeof heldClock>
let db: ReturnType<typeof testDatabase>
let attempts: Attempt[]
let applied: [string, OutgoingEvent][]
let outbox: Outbox
let lost: boolean

beforeEach(() => {
  clock = heldClock()
  db = testDatabase()
  attempts = []
  applied = []
  lost = false
  const { network } = recordingNetwork()
  outbox = createOutbox({
    db,
    clock,
    log: silentLog,
    network: () => ({
      ...network,
      deliver: (delivery, progress, stop) =>
        new Promise((answer) => {
          stop.addEventListener('abort', () => answer(failed({ kind: 'cancelled' })))
          attempts.push({ delivery, progress, answer })
        }),
    }),
    describe: async ({ id, address: to, callId }) =>
      lost ? null : { id, to, callId, sentAt: 1, kind: 'note', text: id },
    apply: (messageId, event) => applied.push([messageId, event]),
  })
})
afterEach(() => outbox.stop())

function queue(address: string, count = 1): string[] {
  const call = unansweredCall(db, address)
  return Array.from({ length: count }, () => {
    const { id } = waitingNote(db, call)
    insertEntry(db, { id, address, callId: call.id, messageId: id, queuedAt: clock.now() })
    return id
  })
}
const peer = (address: string, reachable: boolean): NetworkEvent => ({
  type: 'peer',
  peer: { address, name: '', reachable, accepts: null, native: true },
})
const attempted = () => attempts.map(({ delivery }) => delivery.id)
const anAttempt = async (count: number) => {
  await eventually(() => attempts.length).toBe(count)
  return attempts[count - 1]!
}
/** Lets everything happen that needs no time to pass. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('somebody with two addresses', () => {
  it('gets what waits where they are', async () => {
    const [waiting] = queue(BOB)
    outbox.hear(peer(BOB, false))
    db.prepare(
      'INSERT INTO addresses (address, person_id) SELECT ?, person_id FROM addresses WHERE address = ?',
    ).run(CAROL, BOB)
    outbox.hear(peer(CAROL, true))
    const { delivery } = await anAttempt(1)
    expect(delivery).toMatchObject({ id: waiting, to: CAROL })
  })

  it('gets nothing twice while it is under way to the other, and it there when that fails', async () => {
    queue(BOB)
    outbox.hear(peer(BOB, true))
    await anAttempt(1)
    db.prepare(
      'INSERT INTO addresses (address, person_id) SELECT ?, person_id FROM addresses WHERE address = ?',
    ).run(CAROL, BOB)
    outbox.hear(peer(BOB, false))
    outbox.hear(peer(CAROL, true))
    await settled()
    expect(attempts).toHaveLength(1)
    attempts[0]!.answer(failed({ kind: 'interrupted' }))
    expect((await anAttempt(2)).delivery).toMatchObject({ to: CAROL })
  })
})

describe('the outbox', () => {
  it('delivers in order, one at a time for an address, and side by side for two', async () => {
    const [one, two] = queue(BOB, 2)
    const [other] = queue(CAROL)
    outbox.kick(BOB)
    outbox.kick(BOB)
    outbox.kick(CAROL)
    await anAttempt(2)
    await settled()
    expect(attempted()).toEqual([one, other])
    attempts[0]!.answer(ok('received'))
    await anAttempt(3)
    expect(attempted()[2]).toBe(two)
    expect(applied).toEqual([[one, { type: 'received' }]])
    expect(outbox.sending()).toBe(true)
    attempts[1]!.answer(ok('stored'))
    attempts[2]!.answer(ok('received'))
    await eventually(() => addressesWithEntries(db)).toEqual([])
    await eventually(() => outbox.sending()).toBe(false)
    expect(clock.waiting()).toBe(0)
  })

  it('waits for somebody who is away without a timer, and tries when they appear', async () => {
    const [id] = queue(BOB)
    outbox.kick(BOB)
    const first = await anAttempt(1)
    first.answer(failed({ kind: 'unreachable' }))
    await eventually(() => applied).toEqual([[id, { type: 'interrupted' }]])
    await settled()
    expect(clock.waiting()).toBe(0)
    outbox.hear(peer(BOB, true))
    const second = await anAttempt(2)
    second.answer(ok('received'))
    await eventually(() => addressesWithEntries(db)).toEqual([])
  })

  it('tries everyone when the network comes up', async () => {
    queue(BOB)
    queue(CAROL)
    outbox.hear({ type: 'status', status: { kind: 'connecting' } })
    await settled()
    expect(attempts).toHaveLength(0)
    outbox.hear({ type: 'status', status: { kind: 'on' } })
    await anAttempt(2)
  })

  it('pauses longer and longer while somebody is reachable and it still fails, five minutes at most', async () => {
    queue(BOB)
    outbox.hear(peer(BOB, true))
    const pauses = []
    for (let count = 1; count <= 9; count++) {
      const attempt = await anAttempt(count)
      attempt.answer(failed({ kind: 'interrupted' }))
      await eventually(() => clock.waiting()).toBe(1)
      let waited = 0
      while (clock.waiting() === 1) {
        clock.advance(1_000)
        waited += 1
      }
      pauses.push(waited)
    }
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300])
  })

  it('stops pausing when they go away', async () => {
    queue(BOB)
    outbox.hear(peer(BOB, true))
    const attempt = await anAttempt(1)
    attempt.answer(failed({ kind: 'interrupted' }))
    await eventually(() => clock.waiting()).toBe(1)
    outbox.hear(peer(BOB, false))
    expect(clock.waiting()).toBe(0)
    outbox.hear(peer(BOB, true))
    await anAttempt(2)
  })

  it('hears every word of theirs only once: being there still is no news', async () => {
    queue(BOB)
    outbox.hear(peer(BOB, true))
    const attempt = await anAttempt(1)
    attempt.answer(failed({ kind: 'interrupted' }))
    await eventually(() => clock.waiting()).toBe(1)
    outbox.hear(peer(BOB, true))
    await settled()
    expect(attempts).toHaveLength(1)
  })

  it.each([
    ['refused', 'not-accepted'],
    ['damaged', 'damaged'],
    ['file-lost', 'file-lost'],
  ] as const)('gives up when it was %s, and goes on with the next', async (kind, problem) => {
    const [one, two] = queue(BOB, 2)
    outbox.kick(BOB)
    const first = await anAttempt(1)
    first.answer(failed({ kind }))
    const next = await anAttempt(2)
    expect(applied).toEqual([[one, { type: 'failed', problem }]])
    expect(next.delivery.id).toBe(two)
  })

  it('gives up when the file is lost before it can be described', async () => {
    const [id] = queue(BOB)
    lost = true
    outbox.kick(BOB)
    await eventually(() => applied).toEqual([[id, { type: 'failed', problem: 'file-lost' }]])
    expect(attempts).toHaveLength(0)
    expect(addressesWithEntries(db)).toEqual([])
  })

  it('stops the attempt of what is taken back, says no more of it, and goes on with the next', async () => {
    const [one, two] = queue(BOB, 2)
    outbox.kick(BOB)
    await anAttempt(1)
    await outbox.withdraw(one!)
    expect(applied).toEqual([])
    const next = await anAttempt(2)
    expect(next.delivery.id).toBe(two)
  })

  it('takes a receipt for the answer, from its address only', async () => {
    const [id] = queue(BOB)
    outbox.hear({ type: 'receipt', id: id!, from: CAROL, state: 'received' })
    expect(addressesWithEntries(db)).toEqual([BOB])
    outbox.hear({ type: 'receipt', id: id!, from: BOB, state: 'received' })
    expect(addressesWithEntries(db)).toEqual([])
  })

  it('keeps everything when it is stopped in the middle', async () => {
    const [id] = queue(BOB)
    outbox.hear(peer(BOB, true))
    await anAttempt(1)
    await outbox.stop()
    expect(addressesWithEntries(db)).toEqual([BOB])
    expect(applied).toEqual([[id, { type: 'interrupted' }]])
    expect(clock.waiting()).toBe(0)
    outbox.kick(BOB)
    await settled()
    expect(attempts).toHaveLength(1)
  })
})
