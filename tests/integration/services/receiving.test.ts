import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MemoryPair } from '../../../main/network/memory/memoryPair'
import type { Message } from '../../../preload/contract/messages'
import { eventually } from '../../support/eventually'
import { decodeErrors, h264Recording } from '../../support/media'
import {
  befriend,
  declinedCall,
  messageOn,
  phaseOn,
  phasesOf,
  record,
  type TwoPeople,
  twoPeople,
  value,
} from '../../support/twoPeople'
import { CAROL } from '../messages/rows'

let two: TwoPeople & { pair: MemoryPair }
let callId: string
let bobForAlice: string
beforeEach(async () => {
  two = await twoPeople()
  bobForAlice = (await befriend(two)).bobForAlice.id
  callId = (await declinedCall(two, bobForAlice)).id
})
afterEach(() => two.end())

async function sendVideo(): Promise<Message> {
  const path = await h264Recording({ seconds: 2 })
  const take = await record(two.alice.ask, { callId, kind: 'video', path, durationMs: 2_000 })
  return value(await two.alice.ask['messages/sendTake']({ takeId: take.id }))
}
const stateOn = async (side: 'alice' | 'bob', id: string) => (await messageOn(two[side], id))?.state
const filesOfBob = () => readdirSync(join(two.bob.folder, 'messages'))

describe('what arrives', () => {
  it('is refused from people whose messages we do not take, and leaves no trace', async () => {
    const { alice, bob } = two
    await bob.ask['settings/change']({ acceptVideoSeconds: 0 })
    const message = await sendVideo()
    await expect
      .poll(() => stateOn('alice', message.id))
      .toEqual({ phase: 'failed', problem: 'not-accepted' })
    expect(await messageOn(bob, message.id)).toBeUndefined()
    expect(filesOfBob()).toEqual([])
    expect(bob.told.filter(({ kind }) => kind === 'message')).toEqual([])

    await bob.ask['settings/change']({ acceptVideoSeconds: 60 })
    value(await alice.ask['messages/retry']({ messageId: message.id }))
    await eventually(() => phaseOn(alice, message.id)).toBe('delivered')
  })

  it('is refused when longer than we take', async () => {
    await two.bob.ask['settings/change']({ acceptVideoSeconds: 1 })
    const path = await h264Recording({ seconds: 5 })
    const take = await record(two.alice.ask, { callId, kind: 'video', path, durationMs: 5_000 })
    const message = value(await two.alice.ask['messages/sendTake']({ takeId: take.id }))
    await expect
      .poll(() => stateOn('alice', message.id))
      .toEqual({ phase: 'failed', problem: 'not-accepted' })
  })

  it('is kept once when told twice, and said once', async () => {
    const { bob, pair } = two
    pair.faults.message = () => 'twice'
    const message = await sendVideo()
    await eventually(() => phaseOn(two.alice, message.id)).toBe('delivered')
    expect((await bob.history()).flatMap((entry) => entry.messages)).toHaveLength(1)
    expect(bob.told.filter(({ kind }) => kind === 'message')).toHaveLength(1)
  })

  it('is refused when its bytes are not those announced', async () => {
    const { bob, pair } = two
    pair.faults.damage = true
    const message = await sendVideo()
    await eventually(() => stateOn('alice', message.id)).toEqual({ phase: 'failed', problem: 'damaged' })
    expect(await stateOn('bob', message.id)).toEqual({ phase: 'failed', problem: 'damaged' })
    expect(filesOfBob().filter((name) => !name.endsWith('.jpg'))).toEqual([])
    expect(bob.told.filter(({ kind }) => kind === 'message')).toEqual([])

    pair.faults.damage = false
    value(await two.alice.ask['messages/retry']({ messageId: message.id }))
    await eventually(() => phaseOn(two.alice, message.id)).toBe('delivered')
    expect(await phaseOn(bob, message.id)).toBe('unplayed')
  })

  it('goes on after the link broke in the middle', async () => {
    const { bob, pair } = two
    pair.faults.cutAfterBytes = 50_000
    const message = await sendVideo()
    await eventually(() => pair.faults.cutAfterBytes).toBeNull()
    pair.link.down()
    await eventually(() => phaseOn(two.alice, message.id)).toBe('waiting')
    pair.link.up()
    await eventually(() => phaseOn(two.alice, message.id)).toBe('delivered')
    expect(await decodeErrors(bob.services.playback.message(message.id)?.path ?? '')).toBe('')
    expect(filesOfBob().filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('goes on by itself when only the transfer broke', async () => {
    const { bob, pair } = two
    pair.faults.cutAfterBytes = 50_000
    const message = await sendVideo()
    await eventually(() => phaseOn(bob, message.id)).toBe('unplayed')
    expect(pair.faults.cutAfterBytes).toBeNull()
  })

  it('goes on after both apps were closed in the middle', async () => {
    const { alice, bob, pair } = two
    pair.faults.cutAfterBytes = 50_000
    const message = await sendVideo()
    await eventually(() => pair.faults.cutAfterBytes).toBeNull()
    await bob.stop()
    await alice.restart()
    await bob.start()
    await eventually(() => phaseOn(alice, message.id)).toBe('delivered')
    expect(await phaseOn(bob, message.id)).toBe('unplayed')
    expect(await decodeErrors(bob.services.playback.message(message.id)?.path ?? '')).toBe('')
  })

  it('waits for space on a full disk', async () => {
    const { bob } = two
    bob.freeBytes = 1_000
    const message = await sendVideo()
    await eventually(() => stateOn('bob', message.id)).toEqual({ phase: 'failed', problem: 'disk-full' })
    bob.freeBytes = null
    value(await bob.ask['messages/retry']({ messageId: message.id }))
    await eventually(() => phaseOn(bob, message.id)).toBe('unplayed')
    await eventually(() => phaseOn(two.alice, message.id)).toBe('delivered')
  })

  it('is taken up again at the next start when the disk was full', async () => {
    const { bob } = two
    bob.freeBytes = 1_000
    const message = await sendVideo()
    await eventually(() => phaseOn(bob, message.id)).toBe('failed')
    bob.freeBytes = null
    await bob.restart()
    await eventually(() => phaseOn(bob, message.id)).toBe('unplayed')
  })

  it('is refused for a call with somebody else', async () => {
    const { alice, bob, pair } = two
    const delivered = await pair.alice.deliver(
      { id: crypto.randomUUID(), to: bob.address, callId, sentAt: Date.now(), kind: 'note', text: 'Hello' },
      () => {},
      new AbortController().signal,
    )
    expect(delivered.ok).toBe(true)
    // The same call id, once Bob's history has it with another person.
    const stranger = value(await bob.ask['people/add']({ address: CAROL, name: 'Carol' }))
    const placed = value(await bob.ask['calls/place']({ personId: stranger.id, media: 'video' }))
    const refused = await pair.alice.deliver(
      {
        id: crypto.randomUUID(),
        to: bob.address,
        callId: placed.id,
        sentAt: Date.now(),
        kind: 'note',
        text: 'Hi',
      },
      () => {},
      new AbortController().signal,
    )
    expect(refused).toEqual({ ok: false, failure: { kind: 'refused' } })
    expect(alice.address).not.toBe(stranger.address)
  })

  it('makes a missed call of a call that was never heard of', async () => {
    const { bob, pair } = two
    const unheard = crypto.randomUUID()
    const sentAt = Date.now() - 60_000
    await pair.alice.deliver(
      { id: crypto.randomUUID(), to: bob.address, callId: unheard, sentAt, kind: 'note', text: 'Hello' },
      () => {},
      new AbortController().signal,
    )
    const entry = (await bob.history()).find(({ call }) => call.id === unheard)
    expect(entry?.call).toMatchObject({ late: true, startedAt: sentAt, state: { outcome: 'unanswered' } })
    expect(entry?.messages).toHaveLength(1)
  })
})

describe('what is taken back while it is fetched', () => {
  it('is gone here too, and leaves the call', async () => {
    const { alice, bob, pair } = two
    pair.faults.cutAfterBytes = 50_000
    const message = await sendVideo()
    await eventually(() => pair.faults.cutAfterBytes).toBeNull()
    pair.link.down()
    await eventually(() => phaseOn(alice, message.id)).toBe('waiting')
    expect(await phaseOn(bob, message.id)).toBe('fetching')
    value(await alice.ask['messages/cancel']({ messageId: message.id }))
    pair.link.up()
    await eventually(() => messageOn(bob, message.id)).toBeUndefined()
    expect((await bob.history()).map(({ call }) => call.id)).toContain(callId)
    const told = bob.events.flatMap((each) => (each.channel === 'history/changed' ? [each.event] : []))
    expect(told.at(-1)).toMatchObject({ call: { id: callId }, messages: [] })
    expect(phasesOf(bob, message.id)).not.toContain('failed')
    expect(filesOfBob().filter((name) => name.endsWith('.jpg'))).toEqual([])

    value(await alice.ask['messages/sendTake']({ takeId: message.id }))
    await eventually(() => phaseOn(bob, message.id)).toBe('unplayed')
  })
})

describe('played', () => {
  it('is told later to a sender who is away', async () => {
    const { alice, bob } = two
    const message = await sendVideo()
    await eventually(() => phaseOn(bob, message.id)).toBe('unplayed')
    await alice.stop()
    value(await bob.ask['messages/markPlayed']({ messageId: message.id }))
    await bob.restart()
    await alice.start()
    await eventually(() => phaseOn(alice, message.id)).toBe('played')
  })

  it('is not told by those who keep it to themselves', async () => {
    const { alice, bob } = two
    await bob.ask['settings/change']({ playedReceipts: false })
    const message = await sendVideo()
    await eventually(() => phaseOn(bob, message.id)).toBe('unplayed')
    value(await bob.ask['messages/markPlayed']({ messageId: message.id }))
    expect(await phaseOn(bob, message.id)).toBe('played')
    // What is said next has overtaken nothing.
    const note = value(await alice.ask['messages/sendNote']({ callId, text: 'And?' }))
    await eventually(() => phaseOn(alice, note.id)).toBe('delivered')
    expect(await phaseOn(alice, message.id)).toBe('delivered')
  })
})

describe('a lost file', () => {
  it('is said on the sending side', async () => {
    const { alice, bob } = two
    await bob.stop()
    const message = await sendVideo()
    const file = alice.services.playback.message(message.id)?.path ?? ''
    expect(existsSync(file)).toBe(true)

    rmSync(file)
    await bob.start()
    await eventually(() => stateOn('alice', message.id)).toEqual({ phase: 'failed', problem: 'file-lost' })
    expect(phasesOf(alice, message.id)).toEqual(['waiting', 'failed'])
  })
})
