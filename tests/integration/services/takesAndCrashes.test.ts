import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Take } from '../../../preload/contract/takes'
import { eventually } from '../../support/eventually'
import { decodeErrors, h264Recording, probe } from '../../support/media'
import {
  appendFile,
  befriend,
  declinedCall,
  firstContact,
  MIME_TYPES,
  messageOn,
  phaseOn,
  record,
  type Side,
  type TwoPeople,
  twoPeople,
  value,
} from '../../support/twoPeople'

let two: TwoPeople
let callId: string
beforeEach(async () => {
  two = await twoPeople()
  const { bobForAlice } = await befriend(two)
  callId = (await declinedCall(two, bobForAlice.id)).id
})
afterEach(() => two.end())

const clip = () => h264Recording({ seconds: 2 })
const begin = (side: Side, kind: 'video' | 'audio' = 'video') =>
  side.ask['takes/begin']({ callId, kind, mimeType: MIME_TYPES[kind] })
const finished = { durationMs: 2_000, width: 640, height: 360, poster: null }
const unsent = async (side: Side): Promise<Take | undefined> => (await side.ask['takes/unsent']())[0]
const phase = async (side: Side) => (await unsent(side))?.state.phase
const takeFolder = (side: Side, takeId: string) => join(side.folder, 'takes', takeId)

async function isPlayable(side: Side, take: Take) {
  const file = side.services.playback.take(take.id)?.path ?? ''
  expect(await decodeErrors(file)).toBe('')
  expect((await probe(file)).streams.map((stream) => stream.codec_name)).toEqual(['h264', 'aac'])
}

async function canBeSent({ alice, bob }: TwoPeople, take: Take) {
  const message = value(await alice.ask['messages/sendTake']({ takeId: take.id }))
  await eventually(() => phaseOn(alice, message.id)).toBe('delivered')
  expect(await phaseOn(bob, message.id)).toBe('unplayed')
}

describe('recording', () => {
  it('tells the called person while it lasts', async () => {
    const { alice, bob } = two
    const hints = () => bob.events.flatMap((told) => (told.channel === 'calls/recording' ? [told.event] : []))
    const take = value(await begin(alice))
    await eventually(hints).toEqual([{ callId, on: true }])
    await alice.ask['takes/discard']({ takeId: take.id })
    await eventually(hints).toEqual([
      { callId, on: true },
      { callId, on: false },
    ])
    expect(await unsent(alice)).toBeUndefined()
    expect(existsSync(takeFolder(alice, take.id))).toBe(false)
  })

  it('refuses a second recording, also when both begin at once', async () => {
    const { alice } = two
    const [first, second] = await Promise.all([begin(alice), begin(alice)])
    const take = value(first)
    expect(second).toEqual({ ok: false, failure: { kind: 'already-recording', takeId: take.id } })
    expect(await begin(alice)).toEqual(second)
    expect(alice.services.busy().recording).toBe(true)
    await alice.ask['takes/discard']({ takeId: take.id })
    expect(alice.services.busy().recording).toBe(false)
    value(await begin(alice))
  })

  it('refuses chunks out of order or for an unknown take, and goes on', async () => {
    const { alice } = two
    const take = value(await begin(alice))
    const bytes = new Uint8Array(10)
    expect(await alice.ask['takes/append']({ takeId: take.id, seq: 1, bytes })).toEqual({
      ok: false,
      failure: { kind: 'out-of-order', expected: 0 },
    })
    expect(await alice.ask['takes/append']({ takeId: crypto.randomUUID(), seq: 0, bytes })).toEqual({
      ok: false,
      failure: { kind: 'take-unknown' },
    })
    await appendFile(alice.ask, take.id, await clip())
    const done = value(await alice.ask['takes/finish']({ takeId: take.id, ...finished }))
    expect(done.state.phase).toBe('ready')
  })

  it('refuses calls that were answered, kinds that are not taken, types that cannot be prepared, a full disk', async () => {
    const { alice, bob } = two
    const ask = (more: object) =>
      alice.ask['takes/begin']({ callId, kind: 'video', mimeType: MIME_TYPES.video, ...more })
    expect(await ask({ callId: crypto.randomUUID() })).toMatchObject({ failure: { kind: 'call-unknown' } })
    expect(await ask({ mimeType: 'video/ogg' })).toMatchObject({ failure: { kind: 'unsupported-type' } })
    alice.freeBytes = 1_000_000
    expect(await ask({})).toMatchObject({ failure: { kind: 'disk-full' } })
    alice.freeBytes = null
    await bob.ask['settings/change']({ acceptVideoSeconds: 0 })
    const person = await firstContact(alice)
    const second = await declinedCall(two, person?.id ?? '')
    expect(await ask({ callId: second.id })).toMatchObject({ failure: { kind: 'not-accepted' } })
    expect(await ask({ callId: second.id, kind: 'audio', mimeType: MIME_TYPES.audio })).toMatchObject({
      ok: true,
    })
  })

  it('drops what is shorter than half a second', async () => {
    const { alice } = two
    const take = value(await begin(alice))
    await appendFile(alice.ask, take.id, await clip())
    const short = await alice.ask['takes/finish']({ takeId: take.id, ...finished, durationMs: 400 })
    expect(short).toEqual({ ok: false, failure: { kind: 'too-short' } })
    expect(await unsent(alice)).toBeUndefined()
    expect(existsSync(takeFolder(alice, take.id))).toBe(false)
  })

  it('keeps a JPEG as poster, and makes its own from anything else', async () => {
    const { alice } = two
    const withPoster = async (poster: Uint8Array<ArrayBuffer>) => {
      const take = value(await begin(alice))
      await appendFile(alice.ask, take.id, await clip())
      value(await alice.ask['takes/finish']({ takeId: take.id, ...finished, poster }))
      await eventually(() => alice.services.playback.poster(take.id)?.mimeType).toBe('image/jpeg')
      return alice.services.playback.poster(take.id)?.path ?? ''
    }
    const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3)
    expect(new Uint8Array(readFileSync(await withPoster(jpeg)))).toEqual(jpeg)
    const made = await withPoster(new TextEncoder().encode('<svg/>'))
    expect((await probe(made)).streams[0]).toMatchObject({ codec_name: 'mjpeg', width: 320 })
  })

  it('becomes an unsent take when its window goes away', async () => {
    const { alice } = two
    const take = value(await begin(alice))
    await appendFile(alice.ask, take.id, await clip())
    await alice.services.windowGone()
    await eventually(() => phase(alice)).toBe('ready')
    await isPlayable(alice, take)
  })
})

describe('preparing', () => {
  it('keeps the take without an ffmpeg, and makes the file once there is one', async () => {
    const { alice } = two
    await alice.stop()
    const environment = alice.environment
    alice.environment = { PATH: '/nowhere' }
    await alice.start()
    const take = await record(alice.ask, { callId, kind: 'video', path: await clip(), durationMs: 2_000 })
    await expect
      .poll(async () => (await unsent(alice))?.state)
      .toEqual({ phase: 'failed', problem: 'ffmpeg-missing' })
    expect(await alice.ask['messages/sendTake']({ takeId: take.id })).toMatchObject({
      failure: { kind: 'not-ready' },
    })

    await alice.stop()
    alice.environment = environment
    await alice.start()
    expect(await phase(alice)).toBe('failed')
    value(await alice.ask['takes/prepareAgain']({ takeId: take.id }))
    await eventually(() => phase(alice)).toBe('ready')
    await isPlayable(alice, take)
    await canBeSent(two, take)
  })

  it('says so when what was recorded is no media, and keeps it', async () => {
    const { alice } = two
    const take = value(await begin(alice))
    await alice.ask['takes/append']({
      takeId: take.id,
      seq: 0,
      bytes: new TextEncoder().encode('not a film'),
    })
    value(await alice.ask['takes/finish']({ takeId: take.id, ...finished }))
    await expect
      .poll(async () => (await unsent(alice))?.state)
      .toEqual({ phase: 'failed', problem: 'not-media' })
    expect(readdirSync(takeFolder(alice, take.id))).toContain('spool')
    await alice.ask['takes/discard']({ takeId: take.id })
    expect(existsSync(takeFolder(alice, take.id))).toBe(false)
  })
})

describe('a crash', () => {
  it('while recording leaves a take that can be played and sent', async () => {
    const { alice } = two
    const take = value(await begin(alice))
    await appendFile(alice.ask, take.id, await clip())
    alice.crash()
    await alice.start()
    await eventually(() => phase(alice)).toBe('ready')
    const recovered = await unsent(alice)
    expect(recovered).toMatchObject({ id: take.id, callId, width: 640, height: 360 })
    expect(Math.abs((recovered?.durationMs ?? 0) - 2_000)).toBeLessThan(50)
    await isPlayable(alice, take)
    await eventually(() => alice.services.playback.poster(take.id)?.mimeType).toBe('image/jpeg')
    expect(readdirSync(takeFolder(alice, take.id))).not.toContain('spool')
    await canBeSent(two, take)
  })

  it('before the first byte leaves nothing', async () => {
    const { alice } = two
    const take = value(await begin(alice))
    alice.crash()
    await alice.start()
    expect(await unsent(alice)).toBeUndefined()
    expect(existsSync(takeFolder(alice, take.id))).toBe(false)
  })

  it('of the app that quits while recording is none: the next start has the take', async () => {
    const { alice } = two
    const take = value(await begin(alice))
    await appendFile(alice.ask, take.id, await clip())
    await alice.restart()
    await eventually(() => phase(alice)).toBe('ready')
    await isPlayable(alice, take)
  })
})

describe('sending', () => {
  it('waits while the other app is closed, over a restart, and delivers when it comes back', async () => {
    const { alice, bob } = two
    await bob.stop()
    const take = await record(alice.ask, { callId, kind: 'video', path: await clip(), durationMs: 2_000 })
    const message = value(await alice.ask['messages/sendTake']({ takeId: take.id }))
    expect(await phaseOn(alice, message.id)).toBe('waiting')
    await alice.restart()
    expect(await phaseOn(alice, message.id)).toBe('waiting')
    await bob.start()
    await eventually(() => phaseOn(alice, message.id)).toBe('delivered')
    expect(await phaseOn(bob, message.id)).toBe('unplayed')
  })

  it('tells of a call that was missed while the app was closed, with its message', async () => {
    const { alice, bob } = two
    const person = await firstContact(alice)
    await bob.stop()
    const call = value(await alice.ask['calls/place']({ personId: person?.id ?? '', media: 'video' }))
    await eventually(() => alice.services.currentCall()).toBeNull()
    const note = value(await alice.ask['messages/sendNote']({ callId: call.id, text: 'Call me' }))
    await bob.start()
    await eventually(() => phaseOn(alice, note.id)).toBe('delivered')
    const entry = (await bob.history()).find((each) => each.call.id === call.id)
    expect(entry?.call).toMatchObject({
      late: true,
      direction: 'in',
      media: 'video',
      state: { outcome: 'unanswered' },
    })
    expect(entry?.messages).toHaveLength(1)
    expect(bob.told.filter((told) => told.callId === call.id).map(({ kind }) => kind)).toEqual([
      'missed',
      'message',
    ])
  })

  it('can be taken back until it arrives', async () => {
    const { alice, bob } = two
    await bob.stop()
    const take = await record(alice.ask, { callId, kind: 'video', path: await clip(), durationMs: 2_000 })
    const sent = value(await alice.ask['messages/sendTake']({ takeId: take.id }))
    const note = value(await alice.ask['messages/sendNote']({ callId, text: 'Never mind' }))
    value(await alice.ask['messages/cancel']({ messageId: sent.id }))
    value(await alice.ask['messages/cancel']({ messageId: note.id }))
    expect(await messageOn(alice, sent.id)).toBeUndefined()
    expect(await messageOn(alice, note.id)).toBeUndefined()
    expect((await unsent(alice))?.state.phase).toBe('ready')
    await isPlayable(alice, take)
    await bob.start()
    await canBeSent(two, take)
    expect(await alice.ask['messages/cancel']({ messageId: take.id })).toMatchObject({
      failure: { kind: 'already-delivered' },
    })
    expect(await messageOn(bob, note.id)).toBeUndefined()
  })

  it('sends once, however often it is clicked', async () => {
    const { alice, bob } = two
    const take = await record(alice.ask, { callId, kind: 'video', path: await clip(), durationMs: 2_000 })
    const clicks = [1, 2, 3].map(() => alice.ask['messages/sendTake']({ takeId: take.id }))
    const results = await Promise.all(clicks)
    expect(results.map((result) => value(result).id)).toEqual([take.id, take.id, take.id])
    await eventually(() => phaseOn(bob, take.id)).toBe('unplayed')
    expect((await bob.history()).flatMap((entry) => entry.messages)).toHaveLength(1)
  })
})
