import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually'
import { audioRecording, decodeErrors, h264Recording, probe } from '../../support/media'
import {
  befriend,
  declinedCall,
  phaseOn,
  phasesOf,
  record,
  type TwoPeople,
  twoPeople,
  twoPeopleNearby,
  value,
} from '../../support/twoPeople'

const hashOfFile = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

let two: TwoPeople
afterEach(() => two.end())

describe.each([
  ['in memory', twoPeople],
  ['nearby', twoPeopleNearby],
])('the main job %s', (_where, meet) => {
  beforeEach(async () => {
    two = await meet()
  })

  it('brings a video message from a missed call to where it is played', async () => {
    const { alice, bob } = two
    const { bobForAlice } = await befriend(two)
    const call = await declinedCall(two, bobForAlice.id)
    const take = await record(alice.ask, {
      callId: call.id,
      kind: 'video',
      path: await h264Recording({ seconds: 2 }),
      durationMs: 2_000,
    })
    expect(take.state).toEqual({ phase: 'ready' })
    const recorded = await hashOfFile(alice.services.playback.take(take.id)?.path ?? '')

    const message = value(await alice.ask['messages/sendTake']({ takeId: take.id }))
    expect(await alice.ask['takes/unsent']()).toEqual([])
    await eventually(() => phaseOn(alice, message.id)).toBe('delivered')

    const [entry] = await bob.history()
    expect(entry?.call).toMatchObject({ id: call.id, direction: 'in' })
    expect(entry?.messages[0]).toMatchObject({
      id: message.id,
      direction: 'in',
      state: { phase: 'unplayed' },
    })
    expect(bob.services.unseen().messages).toBe(1)
    expect(bob.told.filter(({ kind }) => kind === 'message')).toEqual([{ kind: 'message', callId: call.id }])

    const file = bob.services.playback.message(message.id)
    expect(file?.mimeType).toBe('video/mp4')
    const received = file?.path ?? ''
    expect(await hashOfFile(received)).toBe(recorded)
    expect(await decodeErrors(received)).toBe('')
    const { streams, format } = await probe(received)
    expect(streams.map((stream) => stream.codec_name)).toEqual(['h264', 'aac'])
    expect(Math.abs(Number(format.duration) - 2)).toBeLessThan(0.05)
    expect(bob.services.playback.poster(message.id)?.mimeType).toBe('image/jpeg')

    value(await bob.ask['messages/markPlayed']({ messageId: message.id }))
    await eventually(() => phaseOn(alice, message.id)).toBe('played')
    expect(bob.services.unseen().messages).toBe(0)
    expect(phasesOf(alice, message.id).filter((phase) => phase !== 'sending')).toEqual([
      'waiting',
      'delivered',
      'played',
    ])
  })

  it('brings an audio message with its waveform', async () => {
    const { alice, bob } = two
    const { bobForAlice } = await befriend(two)
    const call = await declinedCall(two, bobForAlice.id, 'audio')
    const path = await audioRecording({ seconds: 2 })
    const take = await record(alice.ask, { callId: call.id, kind: 'audio', path, durationMs: 2_000 })
    const message = value(await alice.ask['messages/sendTake']({ takeId: take.id }))
    await eventually(() => phaseOn(bob, message.id)).toBe('unplayed')
    const content = (await bob.history())[0]?.messages[0]?.content
    expect(content?.kind === 'audio' && content.waveform).toHaveLength(120)
    expect(content?.kind === 'audio' && Math.max(...content.waveform)).toBeGreaterThan(10)
    const received = bob.services.playback.message(message.id)
    expect(received?.mimeType).toBe('audio/mp4')
    expect((await probe(received?.path ?? '')).streams.map((stream) => stream.codec_name)).toEqual(['aac'])
  })

  it('brings a note', async () => {
    const { alice, bob } = two
    const { bobForAlice } = await befriend(two)
    const call = await declinedCall(two, bobForAlice.id)
    const sent = value(await alice.ask['messages/sendNote']({ callId: call.id, text: 'Gate 4, 18:30' }))
    await eventually(() => phaseOn(alice, sent.id)).toBe('delivered')
    expect(bob.services.noteText(sent.id)).toBe('Gate 4, 18:30')
    expect(await phaseOn(bob, sent.id)).toBe('unplayed')
  })

  it('delivers to an app that was closed, after a restart of its own', async () => {
    const { alice, bob } = two
    const { bobForAlice } = await befriend(two)
    const call = await declinedCall(two, bobForAlice.id)
    await bob.stop()
    const path = await h264Recording({ seconds: 2 })
    const take = await record(alice.ask, { callId: call.id, kind: 'video', path, durationMs: 2_000 })
    const message = value(await alice.ask['messages/sendTake']({ takeId: take.id }))
    await alice.restart()
    expect(await phaseOn(alice, message.id)).toBe('waiting')
    await bob.start()
    await eventually(() => phaseOn(alice, message.id)).toBe('delivered')
    expect(await phaseOn(bob, message.id)).toBe('unplayed')
  })
})
