import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { MemoryPair } from '../../../main/network/memory/memoryPair'
import { addressOf, createIdentity } from '../../../main/network/nearby/identity'
import { preferredPort } from '../../../main/network/nearby/listener'
import type { Packet } from '../../../main/network/session/packet'
import { createCodec } from '../../../main/network/stanzas/codec'
import type { Settings } from '../../../preload/contract/settings'
import { eventually } from '../../support/eventually'
import { h264Recording } from '../../support/media'
import {
  befriend,
  declinedCall,
  phaseOn,
  record,
  type Side,
  type TwoPeople,
  twoPeople,
  twoPeopleNearby,
  value,
} from '../../support/twoPeople'
import { heldClock } from '../calls/heldClock'

const codec = createCodec()
const requestsOf = (side: Side) => side.ask['requests/list']()
const filesOf = (side: Side) => readdirSync(join(side.folder, 'messages'))
const toldOf = (side: Side, kind: string) => side.told.filter((told) => told.kind === kind)

/** Alice has Bob's invite; he does not know her. Resolves with his id for her. */
async function aliceKnowsBob({ alice, bob }: TwoPeople): Promise<string> {
  const { link } = await bob.ask['people/invite']()
  const { id } = value(await alice.ask['people/addByInvite']({ link }))
  await eventually(async () => (await alice.ask['people/find']({ personId: id }))?.person.reachable).toBe(
    true,
  )
  return id
}

describe.each([
  ['memory', twoPeople],
  ['nearby', twoPeopleNearby],
])('a stranger, on %s', (_, open: () => Promise<TwoPeople>) => {
  let two: TwoPeople
  let bobForAlice: string
  beforeEach(async () => {
    two = await open()
    bobForAlice = await aliceKnowsBob(two)
  })
  afterEach(() => two.end())

  async function leave(kind: 'video' | 'text'): Promise<string> {
    const call = await declinedCall(two, bobForAlice)
    await two.bob.ask['calls/markSeen']({ callId: call.id })
    if (kind === 'text')
      return value(await two.alice.ask['messages/sendNote']({ callId: call.id, text: 'Hi,\nit is me' })).id
    const path = await h264Recording({ seconds: 2 })
    const take = await record(two.alice.ask, { callId: call.id, kind, path, durationMs: 2_000 })
    return value(await two.alice.ask['messages/sendTake']({ takeId: take.id })).id
  }
  const waiting = async () => (await requestsOf(two.bob))[0]?.messages ?? []

  it('who asks to be added is a request, and accepted a contact', async () => {
    await eventually(() => requestsOf(two.bob)).toMatchObject([
      { address: two.alice.address, addedUs: true, messages: [] },
    ])
    const added = value(await two.bob.ask['requests/accept']({ address: two.alice.address }))
    expect(added).toMatchObject({ contact: true, address: two.alice.address })
    expect(await requestsOf(two.bob)).toEqual([])
  })

  it('leaves a message that is neither fetched nor said, to either; accepted, it arrives', async () => {
    const { alice, bob } = two
    const id = await leave('video')
    await eventually(waiting).toMatchObject([{ id, kind: 'video', line: '' }])
    expect((await waiting())[0]?.durationMs).toBeGreaterThan(1_500)
    expect(filesOf(bob)).toEqual([])
    expect(toldOf(bob, 'message')).toEqual([])
    expect(bob.services.unseen()).toEqual({ missedCalls: 0, messages: 0 })
    expect(await phaseOn(bob, id)).toBeUndefined()
    expect(['waiting', 'sending']).toContain(await phaseOn(alice, id))

    value(await bob.ask['requests/accept']({ address: alice.address }))
    await eventually(() => phaseOn(bob, id)).toBe('unplayed')
    await eventually(() => phaseOn(alice, id)).toBe('delivered')
    expect(await requestsOf(bob)).toEqual([])
    expect(toldOf(bob, 'message')).toHaveLength(1)
    expect(filesOf(bob)).toContain(`${id}.mp4`)
  })

  it('leaves a note of which one line is seen; accepted while they are away, it arrives when they are back', async () => {
    const { alice, bob } = two
    const id = await leave('text')
    await eventually(waiting).toMatchObject([{ id, kind: 'text', line: 'Hi, it is me' }])
    const { address } = alice
    await alice.stop()
    value(await bob.ask['requests/accept']({ address }))
    await alice.start()
    await eventually(() => phaseOn(alice, id)).toBe('delivered')
    expect(bob.services.noteText(id)).toBe('Hi,\nit is me')
  })

  it('blocked from the tray is gone from it and leaves nothing more', async () => {
    const { alice, bob } = two
    await leave('text')
    await eventually(waiting).toHaveLength(1)
    await bob.ask['requests/block']({ address: alice.address })
    expect(await requestsOf(bob)).toEqual([])
    expect(await bob.ask['people/blocked']()).toMatchObject([{ address: alice.address, blocked: true }])

    const told = bob.told.length
    const call = value(await alice.ask['calls/place']({ personId: bobForAlice, media: 'audio' }))
    await eventually(() => alice.services.currentCall()).toBeNull()
    expect((await alice.history())[0]?.call).toMatchObject({ id: call.id, state: { outcome: 'unanswered' } })
    const second = value(await alice.ask['messages/sendNote']({ callId: call.id, text: 'And now?' }))
    expect(bob.told.slice(told)).toEqual([])
    expect((await bob.history()).map((entry) => entry.call.id)).not.toContain(call.id)
    value(await bob.ask['people/setBlocked']({ personId: await aliceForBob(), blocked: false }))
    value(await bob.ask['people/add']({ address: alice.address, name: 'Alice' }))
    await eventually(() => phaseOn(alice, second.id)).toBe('delivered')
  })

  const aliceForBob = async () =>
    (await two.bob.ask['people/blocked']()).find(({ address }) => address === two.alice.address)?.id ?? ''

  it.each([
    ['silenced', { silenceUnknown: true }],
    ['when only contacts may ring', { whoCanRing: 'contacts' as const }],
    ['when Bob is not available', { available: false }],
  ])(
    'does not ring %s, is in the history, and may leave a message',
    async (_why, settings: Partial<Settings>) => {
      const { alice, bob } = two
      await bob.ask['settings/change'](settings)
      const call = value(await alice.ask['calls/place']({ personId: bobForAlice, media: 'video' }))
      await eventually(() => alice.services.currentCall()).toBeNull()
      expect((await alice.history())[0]?.call.state).toMatchObject({
        outcome: 'unanswered',
        accepts: { video: 180, audio: 300, text: true },
      })
      await eventually(async () => (await bob.history())[0]?.call).toMatchObject({
        id: call.id,
        state: { outcome: 'unanswered' },
      })
      expect(bob.told).toEqual([])
      expect(bob.services.currentCall()).toBeNull()
    },
  )
})

describe('not available', () => {
  let clock: ReturnType<typeof heldClock>
  let two: TwoPeople & { pair: MemoryPair }
  let friends: Awaited<ReturnType<typeof befriend>>
  beforeEach(async () => {
    clock = heldClock()
    two = await twoPeople({ clock })
    friends = await befriend(two)
  })
  afterEach(() => two.end())

  const place = async () => {
    const call = value(
      await two.alice.ask['calls/place']({ personId: friends.bobForAlice.id, media: 'video' }),
    )
    return call.id
  }

  it('is told with the note, and a contact can still leave a message', async () => {
    const { alice, bob } = two
    await bob.ask['settings/change']({ available: false, unavailableNote: 'In a meeting until 15:00' })
    const callId = await place()
    await eventually(() => alice.services.currentCall()).toBeNull()
    expect((await alice.history())[0]?.call.state).toMatchObject({
      outcome: 'unanswered',
      accepts: { note: 'In a meeting until 15:00', video: 180 },
    })
    const note = value(await alice.ask['messages/sendNote']({ callId, text: 'Later, then' }))
    await eventually(() => phaseOn(alice, note.id)).toBe('delivered')
    expect(toldOf(bob, 'incoming')).toEqual([])
    expect(bob.services.unseen()).toEqual({ missedCalls: 1, messages: 1 })
  })

  it('is over by itself at its time, and calls ring again', async () => {
    const { bob } = two
    await bob.ask['settings/change']({ available: false, unavailableUntil: clock.now() + 3_600_000 })
    clock.advance(3_599_999)
    expect(bob.services.settings().available).toBe(false)
    clock.advance(1)
    expect(bob.services.settings()).toMatchObject({ available: true, unavailableUntil: null })
    const callId = await place()
    await eventually(() => bob.services.currentCall()?.id).toBe(callId)
  })

  it('is over at the next start too, when its time came while the app was closed', async () => {
    const { bob } = two
    await bob.ask['settings/change']({
      available: false,
      unavailableUntil: clock.now() + 40 * 24 * 3_600_000,
    })
    await bob.stop()
    clock.advance(41 * 24 * 3_600_000)
    await bob.start()
    expect(bob.services.settings().available).toBe(true)
  })

  it('leaves a running call alone', async () => {
    const { alice, bob } = two
    const callId = await place()
    await eventually(() => bob.services.currentCall()?.id).toBe(callId)
    await bob.ask['settings/change']({ available: false })
    value(await bob.ask['calls/answer']({ callId }))
    await eventually(() => alice.services.currentCall()?.state.phase).toBe('connecting')
  })
})

/** What differs between any two calls: their ids. */
const withoutIds = (xml: string) => xml.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')

describe('blocked and not available are the same to a caller', () => {
  /** Each is one reason why a contact's call does not ring. */
  async function whileBlocked(bob: Side, personId: string, run: () => Promise<string>): Promise<string> {
    value(await bob.ask['people/setBlocked']({ personId, blocked: true }))
    const heard = await run()
    value(await bob.ask['people/setBlocked']({ personId, blocked: false }))
    return heard
  }
  async function whileNotAvailable(bob: Side, run: () => Promise<string>): Promise<string> {
    await bob.ask['settings/change']({ available: false })
    const heard = await run()
    await bob.ask['settings/change']({ available: true })
    return heard
  }

  it('byte for byte and without any wait, on memory', async () => {
    // Time stands still: an answer that waited for anything would never come.
    const two = await twoPeople({ clock: heldClock() })
    onTestFinished(() => two.end())
    const { bob, alice, pair } = two
    const { aliceForBob, bobForAlice } = await befriend(two)
    await bob.ask['settings/change']({ note: 'Write to me', acceptVideoSeconds: 60 })
    const callFromAlice = async () => {
      let xml = ''
      pair.faults.message = (packet: Packet, from) => {
        if (from === bob.address) xml += codec.encode(packet, alice.address)
        return 'pass'
      }
      value(await alice.ask['calls/place']({ personId: bobForAlice.id, media: 'video' }))
      await eventually(() => alice.services.currentCall()).toBeNull()
      return withoutIds(xml)
    }
    const blocked = await whileBlocked(bob, aliceForBob.id, callFromAlice)
    const notAvailable = await whileNotAvailable(bob, callFromAlice)
    expect(blocked).toContain('Write to me')
    expect(blocked).toBe(notAvailable)
    // Both at once, too.
    expect(await whileBlocked(bob, aliceForBob.id, () => whileNotAvailable(bob, callFromAlice))).toBe(blocked)
    // Of the two, only one is in Bob's history.
    const unanswered = (await bob.history()).filter(({ call }) => call.direction === 'in')
    expect(unanswered).toHaveLength(1)
  })

  it('byte for byte and in the same turn, on nearby', async () => {
    const two = await twoPeopleNearby()
    onTestFinished(() => two.end())
    const { bob } = two
    // A caller who speaks the protocol by hand, so that every byte is seen.
    const mallory = createIdentity()
    const added = value(await bob.ask['people/add']({ address: addressOf(mallory), name: 'Mallory' }))
    const knock = async () => {
      const socket = connect({
        host: '127.0.0.1',
        port: preferredPort(bob.address),
        rejectUnauthorized: false,
        key: mallory.privateKey,
        cert: mallory.certificate,
        ALPNProtocols: ['xmpp-server'],
      })
      await once(socket, 'secureConnect')
      let text = ''
      socket.setEncoding('utf8')
      socket.on('data', (chunk: string) => {
        text += chunk
      })
      socket.write(codec.header(addressOf(mallory), bob.address))
      // The greeting has its own order; it tells of nothing that happens to calls.
      await expect.poll(() => text).toContain('</presence>')
      const greeting = text.replace(/<stream:stream[^>]*>/, '')
      text = ''
      const callId = randomUUID()
      const propose = {
        kind: 'propose',
        callId,
        media: 'video',
        ringSeconds: 30,
        accepts: null,
        name: 'M',
      } as const
      const probe = { kind: 'probe', requestId: 'probe-1' } as const
      const note = { kind: 'note', id: randomUUID(), callId, sentAt: 0, text: 'Hi' } as const
      const last = { kind: 'probe', requestId: 'probe-2' } as const
      // The probes' answers stand among the others' as they were written: a slow answer would come after them.
      socket.write([propose, probe].map((packet) => codec.encode(packet, bob.address)).join(''))
      await expect.poll(() => text).toContain('</message>')
      await expect.poll(() => text).toContain('probe-1')
      const answer = text
      socket.write([note, last].map((packet) => codec.encode(packet, bob.address)).join(''))
      await expect.poll(() => text).toContain('probe-2')
      socket.destroy()
      await eventually(
        async () => (await bob.ask['people/find']({ personId: added.id }))?.person.reachable,
      ).toBe(false)
      return withoutIds(greeting + answer)
    }
    // The first greeting says "saved", once in a run; so it is not compared.
    await whileNotAvailable(bob, knock)
    const notAvailable = await whileNotAvailable(bob, knock)
    const blocked = await whileBlocked(bob, added.id, knock)
    expect(blocked).toBe(notAvailable)
    expect(blocked).toContain('reject')
  })

  it('a message of somebody blocked is answered as a stranger’s: not at all', async () => {
    const two = await twoPeople()
    onTestFinished(() => two.end())
    const { alice, bob, pair } = two
    const { aliceForBob, bobForAlice } = await befriend(two)
    const call = await declinedCall(two, bobForAlice.id)
    value(await bob.ask['people/setBlocked']({ personId: aliceForBob.id, blocked: true }))
    const said: string[] = []
    pair.faults.message = (packet: Packet, from) => {
      if (from === bob.address) said.push(packet.kind)
      return 'pass'
    }
    const heard: string[] = []
    const stop = pair.bob.listen((event) => heard.push(event.type))
    const note = value(await alice.ask['messages/sendNote']({ callId: call.id, text: 'Why?' }))
    await eventually(() => heard).toContain('arrival')
    stop()
    expect(said).toEqual([])
    expect(await phaseOn(alice, note.id)).toBe('waiting')
    expect(await requestsOf(bob)).toEqual([])
    expect((await bob.history()).flatMap(({ messages }) => messages)).toEqual([])
    // Let in again, what waited arrives.
    value(await bob.ask['people/setBlocked']({ personId: aliceForBob.id, blocked: false }))
    await alice.restart()
    await eventually(() => phaseOn(alice, note.id)).toBe('delivered')
  })
})
