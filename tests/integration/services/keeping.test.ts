import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../main/clock'
import type { MemoryPair } from '../../../main/network/memory/memoryPair'
import { eventually } from '../../support/eventually'
import { h264Recording } from '../../support/media'
import {
  befriend,
  declinedCall,
  messageOn,
  phaseOn,
  record,
  type TwoPeople,
  twoPeople,
  value,
} from '../../support/twoPeople'

const DAY = 24 * 3_600_000
let two: TwoPeople & { pair: MemoryPair }
let callId: string
let aliceForBob: string
let bobForAlice: string
let today: number

beforeEach(async () => {
  today = Date.now()
  two = await twoPeople({ clock: { ...systemClock, now: () => today } })
  const friends = await befriend(two)
  aliceForBob = friends.aliceForBob.id
  bobForAlice = friends.bobForAlice.id
  callId = (await declinedCall(two, bobForAlice)).id
})
afterEach(() => two.end())

async function recordVideo() {
  const path = await h264Recording({ seconds: 2 })
  return record(two.alice.ask, { callId, kind: 'video', path, durationMs: 2_000 })
}
const send = async (takeId: string) => value(await two.alice.ask['messages/sendTake']({ takeId }))
const mediaOfBob = () => readdirSync(join(two.bob.folder, 'messages')).filter((name) => name.endsWith('.mp4'))

describe('what one person may leave', () => {
  it('is refused of them alone, and told while it rings', async () => {
    const { alice, bob } = two
    const change = { acceptVideoSeconds: 0, acceptNotes: false }
    value(await bob.ask['personSettings/change']({ personId: aliceForBob, change }))
    const message = await send((await recordVideo()).id)
    await eventually(async () => (await messageOn(alice, message.id))?.state).toEqual({
      phase: 'failed',
      problem: 'not-accepted',
    })
    const call = await declinedCall(two, bobForAlice)
    const entry = (await alice.history()).find((each) => each.call.id === call.id)
    expect(entry?.call.state).toMatchObject({ accepts: { video: 0, audio: 300, text: false } })

    value(
      await bob.ask['personSettings/change']({ personId: aliceForBob, change: { acceptVideoSeconds: null } }),
    )
    value(await alice.ask['messages/retry']({ messageId: message.id }))
    await eventually(() => phaseOn(alice, message.id)).toBe('delivered')
  })
})

describe('the storage meter', () => {
  it('counts a take until it is sent, then a message, on both sides', async () => {
    const { alice, bob } = two
    const take = await recordVideo()
    const { takes } = await alice.ask['storage/use']()
    expect(takes).toMatchObject({ count: 1 })
    expect(takes.bytes).toBeGreaterThan(1_000)
    await alice.restart()
    expect((await alice.ask['storage/use']()).takes).toEqual(takes)

    const message = await send(take.id)
    await eventually(() => phaseOn(alice, message.id)).toBe('delivered')
    expect(await alice.ask['storage/use']()).toEqual({ messages: takes, takes: { count: 0, bytes: 0 } })
    expect(await bob.ask['storage/use']()).toEqual({ messages: takes, takes: { count: 0, bytes: 0 } })
  })
})

describe('a keep rule', () => {
  it('deletes at the next start what was played 30 days ago, and takes it from nobody again', async () => {
    const { alice, bob, pair } = two
    const message = await send((await recordVideo()).id)
    await eventually(() => phaseOn(bob, message.id)).toBe('unplayed')
    await bob.ask['settings/change']({ keepMessages: '30-days' })
    value(await bob.ask['messages/markPlayed']({ messageId: message.id }))
    today += 29 * DAY
    await bob.restart()
    expect(mediaOfBob()).toHaveLength(1)
    expect(await bob.ask['storage/due']()).toMatchObject({ count: 1 })

    today += DAY
    await bob.restart()
    await eventually(async () => mediaOfBob()).toEqual([])
    const entry = (await bob.history()).find(({ call }) => call.id === callId)
    expect(entry).toMatchObject({ messages: [], messageRemoved: true })
    expect(await bob.ask['storage/use']()).toMatchObject({ messages: { count: 0, bytes: 0 } })

    // Sent again, as after a lost receipt: taken for good, and not there.
    const said = { id: message.id, to: bob.address, callId, sentAt: today }
    const again = await pair.alice.deliver(
      { ...said, kind: 'note', text: 'Again' },
      () => {},
      new AbortController().signal,
    )
    expect(again).toEqual({ ok: true, value: 'received' })
    expect(await messageOn(bob, message.id)).toBeUndefined()
    expect(await messageOn(alice, message.id)).toMatchObject({ kept: false })
  })

  it('leaves what was pinned, for as long as it is', async () => {
    const { bob } = two
    const message = await send((await recordVideo()).id)
    await eventually(() => phaseOn(bob, message.id)).toBe('unplayed')
    await bob.ask['settings/change']({ keepMessages: '30-days' })
    value(await bob.ask['messages/markPlayed']({ messageId: message.id }))
    value(await bob.ask['messages/setKept']({ messageId: message.id, kept: true }))
    today += 400 * DAY
    expect(await bob.ask['storage/deleteDue']()).toEqual({ count: 0, bytes: 0 })
    value(await bob.ask['messages/setKept']({ messageId: message.id, kept: false }))
    expect(await bob.ask['storage/deleteDue']()).toMatchObject({ count: 1 })
    expect(mediaOfBob()).toEqual([])
  })
})
