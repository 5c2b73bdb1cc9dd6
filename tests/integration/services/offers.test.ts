import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MemoryPair } from '../../../main/network/memory/memoryPair'
import { eventually } from '../../support/eventually'
import { h264Recording } from '../../support/media'
import { befriend, phaseOn, record, type TwoPeople, twoPeople, value } from '../../support/twoPeople'
import { heldClock } from '../calls/heldClock'

let clock: ReturnType<typeof heldClock>
let two: TwoPeople & { pair: MemoryPair }
let bobForAlice: string
beforeEach(async () => {
  clock = heldClock()
  two = await twoPeople({ clock })
  bobForAlice = (await befriend(two)).bobForAlice.id
})
afterEach(() => two.end())

const place = async () => value(await two.alice.ask['calls/place']({ personId: bobForAlice, media: 'video' }))
const ended = async () => {
  await eventually(() => two.alice.services.currentCall()).toBeNull()
  return (await two.alice.history())[0]?.call.state
}

async function canLeaveAMessage(callId: string) {
  const path = await h264Recording({ seconds: 2 })
  const take = await record(two.alice.ask, { callId, kind: 'video', path, durationMs: 2_000 })
  const message = value(await two.alice.ask['messages/sendTake']({ takeId: take.id }))
  await eventually(() => phaseOn(two.alice, message.id)).toBe('delivered')
  expect((await two.bob.history()).find(({ call }) => call.id === callId)?.messages).toHaveLength(1)
}

describe('a message can be left when a call', () => {
  it('rang until nobody answered', async () => {
    const call = await place()
    await eventually(() => two.alice.services.currentCall()?.state.phase).toBe('ringing')
    clock.advance(45_000)
    expect(await ended()).toMatchObject({
      outcome: 'unanswered',
      accepts: { video: 180, audio: 300, text: true },
    })
    expect(two.bob.services.unseen().missedCalls).toBe(1)
    await canLeaveAMessage(call.id)
  })

  it('met somebody who is busy', async () => {
    const { bob, pair } = two
    const other = { callId: crypto.randomUUID(), to: bob.address, media: 'audio', ringSeconds: 90 } as const
    pair.alice.propose(other)
    await eventually(() => bob.services.currentCall()?.id).toBe(other.callId)
    const call = await place()
    expect(await ended()).toMatchObject({ outcome: 'busy' })
    await canLeaveAMessage(call.id)
  })

  it('found nobody at home', async () => {
    await two.bob.stop()
    const call = await place()
    expect(await ended()).toMatchObject({ outcome: 'unreachable' })
    await two.bob.start()
    await canLeaveAMessage(call.id)
  })
})

describe('no message can be left when a call', () => {
  it('was answered, however briefly', async () => {
    const { alice, bob } = two
    const call = await place()
    await eventually(() => bob.services.currentCall()?.id).toBe(call.id)
    value(await bob.ask['calls/answer']({ callId: call.id }))
    await eventually(() => alice.services.currentCall()?.state.phase).toBe('connecting')
    value(await alice.ask['calls/mediaConnected']({ callId: call.id }))
    value(await alice.ask['calls/end']({ callId: call.id, reason: 'hung-up' }))
    const begin = { callId: call.id, kind: 'audio', mimeType: 'audio/webm;codecs=opus' } as const
    expect(await alice.ask['takes/begin'](begin)).toMatchObject({ failure: { kind: 'call-unknown' } })
    expect(await alice.ask['messages/sendNote']({ callId: call.id, text: 'x' })).toMatchObject({
      failure: { kind: 'call-unknown' },
    })
  })

  it('still rings', async () => {
    const call = await place()
    const begin = { callId: call.id, kind: 'audio', mimeType: 'audio/webm;codecs=opus' } as const
    expect(await two.alice.ask['takes/begin'](begin)).toMatchObject({ failure: { kind: 'call-unknown' } })
  })
})
