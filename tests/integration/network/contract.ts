import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Delivery, MediaFile, Network } from '../../../main/network/network'
import { credentialsOf, mediaOf, setupOf } from '../../../main/network/session/sdp'
import chromium from '../../unit/network/chromium.json'
import { type EventOf, type Witness, witness } from './witness'

/** Two networks that can reach each other once both have started. */
export type ContractPair = {
  alice: Network
  bob: Network
  /** Whom Alice and Bob let in. */
  /** Where media may come from in this pair; a network bound to an address drops candidates of others. */
  mediaAddress: string
  faults?: Faults
  close(): Promise<void>
}

export type Faults = {
  /** Breaks all connections and lets none through until `up`. */
  link: { down(): void; up(): void }
  /** Makes the next file transfer break once, after so many bytes. */
  cutAfter(bytes: number): void
}

const accepts = { video: 180, audio: 300, text: true, note: 'in a meeting' }
const never = (): AbortSignal => new AbortController().signal

/**
 * What every network has to do alike. Written against the port only.
 * @param faulty whether the pair comes with faults, and so is tested on them
 */
export function networkContract(name: string, faulty: boolean, open: () => Promise<ContractPair>): void {
  describe(`${name} keeps the network's contract`, () => {
    let pair: ContractPair
    let alice: Network
    let bob: Network
    let atAlice: Witness
    let atBob: Witness
    let folder: string

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'aftertone-network-'))
      pair = await open()
      ;({ alice, bob } = pair)
      atAlice = witness(alice)
      atBob = witness(bob)
      await Promise.all([alice.start(), bob.start()])
      await atAlice.sees('peer', ({ peer }) => peer.address === bob.self && peer.reachable)
      await atBob.sees('peer', ({ peer }) => peer.address === alice.self && peer.reachable)
    })
    afterEach(async () => {
      await Promise.all([alice.stop(), bob.stop()])
      await pair.close()
      await rm(folder, { recursive: true })
    })

    function call(media: 'audio' | 'video' = 'video', callId: string = randomUUID()): string {
      alice.propose({ callId, to: bob.self, media, ringSeconds: 45 })
      return callId
    }
    async function ringing(): Promise<string> {
      const callId = call()
      await atBob.sees('call', (event) => event.callId === callId)
      bob.ring(callId, accepts)
      await atAlice.sees('ringing', (event) => event.callId === callId)
      return callId
    }
    async function connected(): Promise<string> {
      const callId = await ringing()
      bob.accept(callId)
      await atAlice.sees('connect')
      alice.signal(callId, { kind: 'description', type: 'offer', sdp: chromium.offer })
      await atBob.sees('signal')
      bob.signal(callId, { kind: 'description', type: 'answer', sdp: chromium.answer })
      await atAlice.sees('signal')
      return callId
    }
    async function mediaFile(
      bytes: Uint8Array,
      about: Partial<MediaFile> = {},
    ): Promise<MediaFile & { path: string }> {
      const path = join(folder, `${randomUUID()}.mp4`)
      await writeFile(path, bytes)
      return {
        kind: 'video',
        mimeType: 'video/mp4',
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        durationMs: 12_345,
        width: 640,
        height: 360,
        poster: new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3]),
        waveform: null,
        path,
        ...about,
      }
    }
    function fileDelivery({ path, ...file }: MediaFile & { path: string }): Delivery & { kind: 'file' } {
      return {
        id: randomUUID(),
        to: bob.self,
        callId: randomUUID(),
        sentAt: 1_700_000_000_123,
        kind: 'file',
        file,
        path,
      }
    }
    /** As the message service does: fetch, then say what came. */
    function takeFiles(path: string): void {
      bob.listen((event) => {
        if (event.type !== 'arrival' || event.arrival.kind !== 'file') return
        const { arrival } = event
        void bob
          .fetch(arrival, path, () => {}, never())
          .then((fetched) => {
            if (fetched.ok) bob.acknowledge(arrival, 'received')
            else if (fetched.failure.kind === 'damaged') bob.acknowledge(arrival, 'damaged')
          })
      })
    }

    describe('calls', () => {
      test('rings with the caller, the media and the ring time, and says what is accepted', async () => {
        const callId = call('audio')
        const heard = await atBob.sees('call')
        expect(heard).toMatchObject({
          callId,
          from: alice.self,
          name: 'Alice',
          media: 'audio',
          live: true,
          ringSeconds: 45,
        })
        bob.ring(callId, accepts)
        expect(await atAlice.sees('ringing')).toEqual({ type: 'ringing', callId, accepts })
        expect(alice.peers().find((peer) => peer.address === bob.self)?.accepts).toEqual(accepts)
      })

      test('connects both sides when accepted, and one of them offers', async () => {
        const callId = await ringing()
        bob.accept(callId)
        expect(await atAlice.sees('connect')).toEqual({ type: 'connect', callId, offer: true, plain: false })
        expect(await atBob.sees('connect')).toEqual({ type: 'connect', callId, offer: false, plain: false })
      })

      test('carries descriptions, candidates and mute both ways', async () => {
        const callId = await connected()
        const theirs = (event: EventOf<'signal'>): boolean => event.callId === callId
        const offer = (await atBob.sees('signal', theirs)).signal
        const answer = (await atAlice.sees('signal', theirs)).signal
        for (const [signal, type, sdp] of [
          [offer, 'offer', chromium.offer],
          [answer, 'answer', chromium.answer],
        ] as const) {
          if (signal.kind !== 'description') throw new Error('no description')
          expect(signal.type).toBe(type)
          expect(mediaOf(signal.sdp)).toEqual(mediaOf(sdp))
          expect(credentialsOf(signal.sdp)).toEqual(credentialsOf(sdp))
          expect(setupOf(signal.sdp)).toBe(setupOf(sdp))
        }
        const candidate = `candidate:1 1 udp 2122194687 ${pair.mediaAddress} 37628 typ host generation 0`
        alice.signal(callId, { kind: 'candidate', candidate, sdpMid: '0', usernameFragment: '0o/E' })
        alice.signal(callId, { kind: 'muted', media: ['video'] })
        const got = await atBob.sees('signal', ({ signal }) => signal.kind === 'candidate')
        expect(got.signal).toMatchObject({ sdpMid: '0', usernameFragment: '0o/E', candidate })
        const muted = await atBob.sees('signal', ({ signal }) => signal.kind === 'muted')
        expect(muted.signal).toEqual({ kind: 'muted', media: ['video'] })
        alice.signal(callId, { kind: 'muted', media: [] })
        await atBob.sees('signal', ({ signal }) => signal.kind === 'muted' && signal.media.length === 0)
      })

      test('drops candidates that are of no use at the other end', async () => {
        const callId = await connected()
        for (const candidate of [
          'candidate:1 1 udp 1 3f2a.local 9 typ host',
          `candidate:1 1 tcp 1 ${pair.mediaAddress} 9 typ host tcptype active`,
          `candidate:1 2 udp 1 ${pair.mediaAddress} 9 typ host`,
          '',
          `candidate:7 1 udp 1 ${pair.mediaAddress} 9 typ host generation 0`,
        ]) {
          alice.signal(callId, { kind: 'candidate', candidate, sdpMid: '0' })
        }
        await atBob.sees('signal', ({ signal }) => signal.kind === 'candidate')
        const candidates = atBob.of('signal').filter(({ signal }) => signal.kind === 'candidate')
        expect(candidates).toHaveLength(1)
        expect(candidates[0]?.signal).toMatchObject({ candidate: expect.stringContaining('candidate:7 ') })
      })

      test('restarts ICE: the same descriptions with new credentials', async () => {
        const callId = await connected()
        atAlice.clear()
        atBob.clear()
        alice.signal(callId, { kind: 'description', type: 'offer', sdp: chromium.restartOffer })
        const offer = (await atBob.sees('signal')).signal
        if (offer.kind !== 'description') throw new Error('no description')
        expect(offer.type).toBe('offer')
        expect(credentialsOf(offer.sdp)).toEqual(credentialsOf(chromium.restartOffer))
        expect(setupOf(offer.sdp)).toBe('actpass')
        bob.signal(callId, { kind: 'description', type: 'answer', sdp: chromium.restartAnswer })
        const answer = (await atAlice.sees('signal')).signal
        if (answer.kind !== 'description') throw new Error('no description')
        expect(answer.type).toBe('answer')
        expect(credentialsOf(answer.sdp)).toEqual(credentialsOf(chromium.restartAnswer))
        expect(setupOf(answer.sdp)).toBe('active')
      })

      for (const reason of ['declined', 'busy', 'not-allowed', 'unanswered'] as const) {
        test(`ends as ${reason} on both sides`, async () => {
          const callId = await ringing()
          bob.decline(callId, reason, accepts)
          expect(await atAlice.sees('ended')).toEqual({ type: 'ended', callId, reason, accepts })
          expect(await atBob.sees('ended')).toMatchObject({ callId, reason })
        })
      }

      for (const reason of ['cancelled', 'unanswered'] as const) {
        test(`stops ringing when the caller leaves it ${reason}`, async () => {
          const callId = await ringing()
          alice.end(callId, reason)
          expect(await atBob.sees('ended')).toMatchObject({ callId, reason })
          expect(await atAlice.sees('ended')).toMatchObject({ callId, reason })
        })
      }

      for (const who of ['alice', 'bob'] as const) {
        test(`hangs up from ${who}'s side`, async () => {
          const callId = await connected()
          pair[who].end(callId, 'hung-up')
          expect(await atAlice.sees('ended')).toMatchObject({ callId, reason: 'hung-up' })
          expect(await atBob.sees('ended')).toMatchObject({ callId, reason: 'hung-up' })
        })
      }

      for (const winner of ['alice', 'bob'] as const) {
        test(`both call at once: ${winner}'s call wins, and it connects`, async () => {
          const [low, high] = [randomUUID(), randomUUID()].sort() as [string, string]
          const [first, second] = winner === 'alice' ? [low, high] : [high, low]
          alice.propose({ callId: first, to: bob.self, media: 'video', ringSeconds: 45 })
          bob.propose({ callId: second, to: alice.self, media: 'audio', ringSeconds: 45 })
          const [winning, losing] = winner === 'alice' ? [atAlice, atBob] : [atBob, atAlice]
          const connect = await winning.sees('connect')
          expect(connect).toMatchObject({ callId: low, offer: true })
          expect(await losing.sees('connect')).toMatchObject({ callId: low, offer: false })
          const glare = await losing.sees('glare')
          expect(glare).toMatchObject({ ours: high, theirs: { callId: low } })
          expect([...atAlice.of('ended'), ...atBob.of('ended')]).toEqual([])
          expect([...atAlice.of('glare'), ...atBob.of('glare')]).toHaveLength(1)
        })
      }

      test('says when a message is being recorded, also after the call ended', async () => {
        const callId = await ringing()
        bob.decline(callId, 'declined', accepts)
        await atAlice.sees('ended')
        alice.recording(callId, true)
        expect(await atBob.sees('recording')).toEqual({ type: 'recording', callId, on: true })
        alice.recording(callId, false)
        await atBob.sees('recording', ({ on }) => !on)
      })

      test('leaves a call whose other end went away', async () => {
        const callId = await connected()
        await bob.stop()
        expect(await atAlice.sees('ended')).toMatchObject({ callId, reason: 'hung-up' })
        await atAlice.sees('peer', ({ peer }) => peer.address === bob.self && !peer.reachable)
      })

      test('a call to somebody who is away is unreachable', async () => {
        await bob.stop()
        await atAlice.sees('peer', ({ peer }) => peer.address === bob.self && !peer.reachable)
        const callId = call()
        expect(await atAlice.sees('ended')).toMatchObject({ callId, reason: 'unreachable' })
      })

      test('works again after one end restarted', async () => {
        await bob.stop()
        await atAlice.sees('peer', ({ peer }) => peer.address === bob.self && !peer.reachable)
        atAlice.clear()
        await bob.start()
        await atAlice.sees('peer', ({ peer }) => peer.address === bob.self && peer.reachable)
        await ringing()
      })
    })

    describe('people', () => {
      test('tells the other that we saved them, and our new name', async () => {
        alice.addContact({ address: bob.self, endpoint: null })
        expect(await atBob.sees('contact-request')).toEqual({
          type: 'contact-request',
          from: alice.self,
          name: 'Alice',
        })
        alice.setSelf({ name: 'Alice B.' })
        await atBob.sees('peer', ({ peer }) => peer.name === 'Alice B.')
      })
    })

    describe('messages', () => {
      test('delivers a note once it is acknowledged', async () => {
        bob.listen((event) => {
          if (event.type === 'arrival') bob.acknowledge(event.arrival, 'received')
        })
        const text = 'Call me back,\nplease <3 & "soon"'
        const delivery = {
          id: randomUUID(),
          to: bob.self,
          callId: randomUUID(),
          sentAt: 1_700_000_000_123,
          kind: 'note',
          text,
        } as const
        expect(await alice.deliver(delivery, () => {}, never())).toEqual({ ok: true, value: 'received' })
        const { to: _, ...rest } = delivery
        expect((await atBob.sees('arrival')).arrival).toEqual({ ...rest, from: alice.self })
        expect(await atAlice.sees('receipt')).toEqual({
          type: 'receipt',
          id: delivery.id,
          from: bob.self,
          state: 'received',
        })
      })

      test('delivers a file whole, with its description, and tells the progress', async () => {
        const bytes = randomBytes(3_000_000)
        const file = await mediaFile(bytes)
        const path = join(folder, 'got.mp4')
        takeFiles(path)
        const progress: number[] = []
        const delivery = fileDelivery(file)
        expect(await alice.deliver(delivery, (sent) => progress.push(sent), never())).toEqual({
          ok: true,
          value: 'received',
        })
        const { arrival } = await atBob.sees('arrival')
        expect(arrival).toMatchObject({
          id: delivery.id,
          from: alice.self,
          callId: delivery.callId,
          sentAt: delivery.sentAt,
          file: delivery.file,
        })
        expect((await readFile(path)).equals(bytes)).toBe(true)
        expect(progress.at(-1)).toBe(bytes.length)
        expect(progress).toEqual([...progress].sort((a, b) => a - b))
      })

      test('delivers a missed call into the history, with its receipt', async () => {
        const delivery = {
          id: randomUUID(),
          to: bob.self,
          callId: randomUUID(),
          sentAt: 1_700_000_000_123,
          kind: 'missed-call',
          media: 'video',
        } as const
        expect(await alice.deliver(delivery, () => {}, never())).toEqual({ ok: true, value: 'received' })
        expect(await atBob.sees('call')).toMatchObject({
          callId: delivery.callId,
          from: alice.self,
          media: 'video',
          at: delivery.sentAt,
          live: false,
        })
        expect(atBob.of('call')).toHaveLength(1)
      })

      test('tells that a message was played', async () => {
        bob.acknowledge({ id: randomUUID(), from: alice.self }, 'played')
        expect(await atAlice.sees('receipt')).toMatchObject({ from: bob.self, state: 'played' })
      })

      for (const state of ['refused', 'damaged'] as const) {
        test(`fails as ${state} when the other end says so`, async () => {
          bob.listen((event) => {
            if (event.type === 'arrival') bob.acknowledge(event.arrival, state)
          })
          const delivery = {
            id: randomUUID(),
            to: bob.self,
            callId: randomUUID(),
            sentAt: 1,
            kind: 'note',
            text: 'x',
          } as const
          expect(await alice.deliver(delivery, () => {}, never())).toEqual({
            ok: false,
            failure: { kind: state },
          })
        })
      }

      test('refuses a file that is not what was described, and keeps nothing of it', async () => {
        const bytes = randomBytes(200_000)
        const file = await mediaFile(bytes, { sha256: 'ab'.repeat(32) })
        const path = join(folder, 'got.mp4')
        takeFiles(path)
        expect(await alice.deliver(fileDelivery(file), () => {}, never())).toEqual({
          ok: false,
          failure: { kind: 'damaged' },
        })
        expect(existsSync(path)).toBe(false)
      })

      test('does not offer a file that is gone or has another size', async () => {
        const file = await mediaFile(randomBytes(1_000))
        await truncate(file.path, 999)
        expect(await alice.deliver(fileDelivery(file), () => {}, never())).toEqual({
          ok: false,
          failure: { kind: 'file-lost' },
        })
        await rm(file.path)
        expect(await alice.deliver(fileDelivery(file), () => {}, never())).toEqual({
          ok: false,
          failure: { kind: 'file-lost' },
        })
      })

      test('goes on where a partial file ends', async () => {
        const bytes = randomBytes(2_000_000)
        const path = join(folder, 'got.mp4')
        await writeFile(path, bytes.subarray(0, 1_500_000))
        takeFiles(path)
        const progress: number[] = []
        const delivered = await alice.deliver(
          fileDelivery(await mediaFile(bytes)),
          (sent) => progress.push(sent),
          never(),
        )
        expect(delivered).toEqual({ ok: true, value: 'received' })
        expect(progress[0]).toBeGreaterThan(1_500_000)
        expect((await readFile(path)).equals(bytes)).toBe(true)
      })

      test('starts over when the partial file is another one', async () => {
        const bytes = randomBytes(100_000)
        const path = join(folder, 'got.mp4')
        await writeFile(path, randomBytes(200_000))
        takeFiles(path)
        expect(await alice.deliver(fileDelivery(await mediaFile(bytes)), () => {}, never())).toEqual({
          ok: true,
          value: 'received',
        })
        expect((await readFile(path)).equals(bytes)).toBe(true)
      })

      test('says that the disk is full', async () => {
        const file = await mediaFile(randomBytes(50_000))
        const stop = new AbortController()
        const delivered = alice.deliver(fileDelivery(file), () => {}, stop.signal)
        const { arrival } = await atBob.sees('arrival')
        if (arrival.kind !== 'file') throw new Error('no file')
        expect(await bob.fetch(arrival, '/dev/full', () => {}, never())).toEqual({
          ok: false,
          failure: { kind: 'disk-full' },
        })
        stop.abort()
        await delivered
      })

      test('stops at once when cancelled, on both sides', async () => {
        const file = await mediaFile(randomBytes(4_000_000))
        const stop = new AbortController()
        const delivered = alice.deliver(fileDelivery(file), () => {}, stop.signal)
        const { arrival } = await atBob.sees('arrival')
        if (arrival.kind !== 'file') throw new Error('no file')
        const stopFetch = new AbortController()
        const fetched = bob.fetch(arrival, join(folder, 'got.mp4'), () => stopFetch.abort(), stopFetch.signal)
        expect(await fetched).toEqual({ ok: false, failure: { kind: 'cancelled' } })
        stop.abort()
        expect(await delivered).toEqual({ ok: false, failure: { kind: 'cancelled' } })
        const later = await bob.fetch(arrival, join(folder, 'later.mp4'), () => {}, never())
        expect(later).toEqual({ ok: false, failure: { kind: 'gone' } })
      })

      test('is unreachable while the other end is away', async () => {
        await bob.stop()
        await atAlice.sees('peer', ({ peer }) => peer.address === bob.self && !peer.reachable)
        const delivery = {
          id: randomUUID(),
          to: bob.self,
          callId: randomUUID(),
          sentAt: 1,
          kind: 'note',
          text: 'x',
        } as const
        expect(await alice.deliver(delivery, () => {}, never())).toEqual({
          ok: false,
          failure: { kind: 'unreachable' },
        })
      })

      test('says "played" when the sender is there again', async () => {
        await alice.stop()
        await atBob.sees('peer', ({ peer }) => peer.address === alice.self && !peer.reachable)
        bob.acknowledge({ id: randomUUID(), from: alice.self }, 'played')
        await alice.start()
        expect(await atAlice.sees('receipt')).toMatchObject({ from: bob.self, state: 'played' })
      })
    })

    test('iceServers is empty where nobody offers any', async () => {
      expect(await alice.iceServers()).toEqual([])
    })

    if (!faulty) return
    describe('a link that breaks', () => {
      function faults(): Faults {
        if (!pair.faults) throw new Error('this pair has no faults')
        return pair.faults
      }

      test('ends a ringing call on both sides when it stays broken', async () => {
        const { link } = faults()
        const callId = await ringing()
        link.down()
        expect(await atAlice.sees('ended')).toMatchObject({ callId, reason: 'unreachable' })
        expect(await atBob.sees('ended')).toMatchObject({ callId, reason: 'cancelled' })
      })

      test('does not end a ringing call when it mends soon', async () => {
        const { link } = faults()
        const callId = await ringing()
        link.down()
        link.up()
        bob.accept(callId)
        expect(await atAlice.sees('connect')).toMatchObject({ callId })
        expect(atBob.of('call')).toHaveLength(1)
      })

      test('tells a cancellation that it swallowed', async () => {
        const { link } = faults()
        const callId = await ringing()
        link.down()
        alice.end(callId, 'cancelled')
        link.up()
        expect(await atBob.sees('ended')).toMatchObject({ callId, reason: 'cancelled' })
      })

      test('interrupts a delivery, which succeeds when it mends', async () => {
        const { link } = faults()
        const bytes = randomBytes(300_000)
        const delivery = fileDelivery(await mediaFile(bytes))
        const delivered = alice.deliver(delivery, () => {}, never())
        await atBob.sees('arrival')
        link.down()
        expect(await delivered).toEqual({ ok: false, failure: { kind: 'interrupted' } })
        link.up()
        const path = join(folder, 'got.mp4')
        takeFiles(path)
        await expect
          .poll(() => alice.deliver(delivery, () => {}, never()), { timeout: 20_000 })
          .toEqual({ ok: true, value: 'received' })
        expect((await readFile(path)).equals(bytes)).toBe(true)
      })

      test('in the middle of a file: the transfer goes on from there', async () => {
        const bytes = randomBytes(4_000_000)
        const path = join(folder, 'got.mp4')
        takeFiles(path)
        faults().cutAfter(1_500_000)
        const delivery = fileDelivery(await mediaFile(bytes))
        await expect
          .poll(() => alice.deliver(delivery, () => {}, never()), { timeout: 20_000 })
          .toEqual({ ok: true, value: 'received' })
        expect((await readFile(path)).equals(bytes)).toBe(true)
      })
    })
  })
}
