import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MemoryPair } from '../../../main/network/memory/memoryPair'
import type { Message } from '../../../preload/contract/messages'
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

let two: TwoPeople & { pair: MemoryPair }
let callId: string
beforeEach(async () => {
  two = await twoPeople()
  callId = (await declinedCall(two, (await befriend(two)).bobForAlice.id)).id
})
afterEach(() => two.end())

const deleteCall = (side: 'alice' | 'bob') =>
  two[side].ask['history/delete']({ kind: 'calls', callIds: [callId] })
const undo = async (side: 'alice' | 'bob', deletion: number) =>
  value(await two[side].ask['history/undoDelete']({ deletion }))
const sendNote = async (): Promise<Message> =>
  value(await two.alice.ask['messages/sendNote']({ callId, text: 'Hello' }))
const sendVideo = async (): Promise<Message> => {
  const path = await h264Recording({ seconds: 1 })
  const take = await record(two.alice.ask, { callId, kind: 'video', path, durationMs: 1_000 })
  return value(await two.alice.ask['messages/sendTake']({ takeId: take.id }))
}
const fileOf = (side: 'alice' | 'bob', { id }: Message) => join(two[side].folder, 'messages', `${id}.mp4`)

describe('deleting what is on its way', () => {
  it('takes it back: it does not go out when they are there again', async () => {
    await two.bob.stop()
    const message = await sendVideo()
    await eventually(() => phaseOn(two.alice, message.id)).toBe('waiting')
    await deleteCall('alice')
    await two.bob.start()
    // Something else does arrive, so the line is there.
    const call = await declinedCall(
      two,
      (await two.alice.ask['people/page']({ query: '', after: null, limit: 1 })).people[0]?.id ?? '',
    )
    const note = value(await two.alice.ask['messages/sendNote']({ callId: call.id, text: 'Later' }))
    await eventually(() => phaseOn(two.bob, note.id)).toBe('unplayed')
    expect(await messageOn(two.bob, message.id)).toBeUndefined()

    await two.alice.restart()
    await eventually(() => existsSync(fileOf('alice', message))).toBe(false)
    expect(await two.alice.ask['history/entry']({ callId })).toBeNull()
  })

  it('and undoing it sends it after all', async () => {
    await two.bob.stop()
    const message = await sendVideo()
    const { deletion } = await deleteCall('alice')
    await two.bob.start()
    await undo('alice', deletion)
    await eventually(() => phaseOn(two.bob, message.id)).toBe('unplayed')
    await eventually(() => phaseOn(two.alice, message.id)).toBe('delivered')
  })
})

describe('deleting what arrived', () => {
  it('keeps the file while it can be undone, and removes it for good at the next start', async () => {
    const message = await sendVideo()
    await eventually(() => phaseOn(two.bob, message.id)).toBe('unplayed')
    expect(await two.bob.ask['history/unseen']()).toMatchObject({ messages: 1 })
    const { deletion } = await deleteCall('bob')
    expect(await two.bob.ask['history/unseen']()).toEqual({ missedCalls: 0, messages: 0 })
    expect(existsSync(fileOf('bob', message))).toBe(true)
    await undo('bob', deletion)
    expect(await two.bob.ask['history/unseen']()).toMatchObject({ messages: 1 })

    await deleteCall('bob')
    await two.bob.restart()
    await eventually(() => existsSync(fileOf('bob', message))).toBe(false)
    expect(await two.bob.history()).toEqual([])
    // The sender's side is its own.
    expect(await phaseOn(two.alice, message.id)).toBe('delivered')
  })

  it('of a missed call does not lose the message that comes a moment later', async () => {
    await deleteCall('bob')
    expect(await two.bob.history()).toEqual([])
    const note = await sendNote()
    await eventually(() => phaseOn(two.bob, note.id)).toBe('unplayed')
    expect((await two.bob.history()).map(({ call }) => call.id)).toEqual([callId])
  })

  it('of a message alone leaves its call, and counts it no more', async () => {
    const note = await sendNote()
    await eventually(() => phaseOn(two.bob, note.id)).toBe('unplayed')
    await two.bob.ask['history/delete']({ kind: 'message', messageId: note.id })
    expect((await two.bob.history()).map(({ messages }) => messages)).toEqual([[]])
    expect(await two.bob.ask['history/unseen']()).toMatchObject({ messages: 0 })
    expect(await two.bob.ask['messages/nextUnplayed']({ messageId: crypto.randomUUID() })).toBeNull()
  })
})
