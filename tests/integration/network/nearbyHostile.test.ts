import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type RequestOptions, request } from 'node:https'
import { type AddressInfo, connect as connectPlain, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectionOptions, connect, createServer, type TLSSocket } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseEndpoint } from '../../../main/network/nearby/endpoint'
import { addressOf, createIdentity, type Identity } from '../../../main/network/nearby/identity'
import { preferredPort } from '../../../main/network/nearby/listener'
import type { NearbyNetwork } from '../../../main/network/nearby/nearbyNetwork'
import type { Packet } from '../../../main/network/session/packet'
import { createCodec } from '../../../main/network/stanzas/codec'
import { createLoopbackEnd, randomMdnsPort } from './nearbyPair'
import { type Witness, witness } from './witness'

const codec = createCodec()
const never = (): AbortSignal => new AbortController().signal

let bob: NearbyNetwork
let atBob: Witness
let port: number
let mallory: Identity
const sockets: TLSSocket[] = []

beforeEach(async () => {
  mallory = createIdentity()
  bob = createLoopbackEnd({ name: 'Bob', mdnsPort: randomMdnsPort() })
  atBob = witness(bob)
  await bob.start()
  port = parseEndpoint(bob.endpoint() ?? '')?.port ?? 0
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await bob.stop()
})

/** Dials Bob as he would be dialled, with whatever key and protocol. */
async function dialBob(
  identity: Identity | null,
  protocol: string | null = 'xmpp-server',
): Promise<TLSSocket> {
  const socket = connect({
    host: '127.0.0.1',
    port,
    rejectUnauthorized: false,
    ...(identity && { key: identity.privateKey, cert: identity.certificate }),
    ...(protocol && { ALPNProtocols: [protocol] }),
  })
  sockets.push(socket)
  socket.on('error', () => {})
  await once(socket, 'secureConnect')
  return socket
}

/** `once` of node:events would fail on the reset that we wait for. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((settle) => {
    if (socket.destroyed) settle()
    else socket.once('close', () => settle())
  })

async function openStream(): Promise<{ socket: TLSSocket; said: () => string }> {
  const socket = await dialBob(mallory)
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    text += chunk
  })
  socket.write(codec.header(addressOf(mallory), bob.self))
  await expect.poll(() => text).toContain('<stream:stream')
  return { socket, said: () => text }
}

/** Bob still works: a well-behaved call comes through. */
async function expectBobWell(): Promise<void> {
  const { socket } = await openStream()
  const callId = randomUUID()
  socket.write(
    codec.encode(
      { kind: 'propose', callId, media: 'audio', ringSeconds: 30, accepts: null, name: 'M' },
      bob.self,
    ),
  )
  await atBob.sees('call', (event) => event.callId === callId)
}

describe('a link with somebody hostile', () => {
  test('is closed on bytes that are no TLS', async () => {
    const socket = connectPlain(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(randomBytes(5_000))
    await closed(socket)
    await expectBobWell()
  })

  test('is closed without a client certificate', async () => {
    const socket = await dialBob(null)
    await closed(socket)
    await expectBobWell()
  })

  test('is closed without a protocol that we speak', async () => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      rejectUnauthorized: false,
      key: mallory.privateKey,
      cert: mallory.certificate,
    })
    socket.on('error', () => {})
    await closed(socket)
    await expectBobWell()
  })

  for (const [what, bytes] of [
    ['bytes that are no XML', randomBytes(2_000)],
    ['another root element', Buffer.from('<html xmlns="http://www.w3.org/1999/xhtml">')],
    ['a web request', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n<')],
  ] as const) {
    test(`is closed on ${what} in place of a stream`, async () => {
      const socket = await dialBob(mallory)
      socket.resume()
      socket.write(bytes)
      // What holds no '<' waits for the handshake's limit; an end of our half ends it now.
      socket.end()
      await closed(socket)
      await expectBobWell()
    })
  }

  for (const [what, xml] of [
    ['a stanza of 300 kB', `<message><body>${'x'.repeat(300_000)}</body></message>`],
    ['an endless attribute', `<message id='${'x'.repeat(300_000)}`],
    ['a stanza that is 40 elements deep', '<message>'.repeat(40)],
    ['a stanza of 6,000 elements', `<message>${'<a/>'.repeat(6_000)}</message>`],
    ['crossed elements', '<message><body></message></body>'],
    ['a document type with entities', '<!DOCTYPE x [<!ENTITY a "b">]><message/>'],
    ['an unknown entity', '<message><body>&boom;</body></message>'],
    ['a comment', '<!-- x --><message/>'],
  ] as const) {
    test(`is closed on ${what}`, async () => {
      const { socket } = await openStream()
      socket.write(xml)
      await closed(socket)
      await expectBobWell()
    })
  }

  const callId = randomUUID()
  for (const [what, xml] of [
    ['an unknown stanza', '<crash xmlns="urn:example"/>'],
    ['an empty message', '<message/>'],
    [
      'a propose without media',
      `<message><propose xmlns='urn:xmpp:jingle-message:0' id='${callId}'/></message>`,
    ],
    [
      'a propose whose id is no id',
      "<message><propose xmlns='urn:xmpp:jingle-message:0' id='../x'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'/></propose></message>",
    ],
    [
      'a file without a hash',
      `<message id='${randomUUID()}'><file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><media-type>video/mp4</media-type><size>9</size><length>1</length></file><sources><url-data xmlns='http://jabber.org/protocol/url-data' target='https://x.invalid/'/></sources></file-sharing><call-message xmlns='urn:x-aftertone:message:0' id='${callId}' kind='video'/><delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/></message>`,
    ],
    [
      'a note at no time',
      `<message id='${randomUUID()}'><body>x</body><call-message xmlns='urn:x-aftertone:message:0' id='${callId}' kind='text'/><delay xmlns='urn:xmpp:delay' stamp='yesterday'/></message>`,
    ],
    [
      'a session that nobody proposed',
      `<iq type='set' id='1'><jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='${callId}'><content creator='initiator' name='0'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'/><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1'/></content></jingle></iq>`,
    ],
    [
      'a session without contents',
      `<iq type='set' id='1'><jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='${callId}'/></iq>`,
    ],
    ['an answer to nothing', "<iq type='result' id='nothing'/>"],
    ['a receipt for nothing', `<message><received xmlns='urn:xmpp:receipts' id='nothing'/></message>`],
    ['an iq of nothing', "<iq type='set' id='1'/>"],
  ] as const) {
    test(`drops ${what} and goes on`, async () => {
      const { socket, said } = await openStream()
      socket.write(xml)
      socket.write("<iq type='get' id='well'><ping xmlns='urn:xmpp:ping'/></iq>")
      await expect.poll(said).toContain('id="well"')
      expect(atBob.of('call')).toEqual([])
      expect(atBob.of('arrival')).toEqual([])
      expect(atBob.of('signal')).toEqual([])
    })
  }

  test('closes the oldest of too many links', async () => {
    const links = []
    for (let count = 0; count < 9; count += 1) links.push((await openStream()).socket)
    const [oldest, ...others] = links
    if (!oldest) throw new Error('no link')
    await closed(oldest)
    expect(others.every((socket) => !socket.destroyed)).toBe(true)
  })

  describe('of which there are many', () => {
    /** As many as there is room for, each with a key of its own. */
    async function crowd(packet: (() => Packet) | null): Promise<TLSSocket[]> {
      const crowded: TLSSocket[] = []
      for (let count = 0; count < 64; count += 1) {
        mallory = createIdentity()
        const { socket } = await openStream()
        if (packet) socket.write(codec.encode(packet(), bob.self))
        crowded.push(socket)
      }
      mallory = createIdentity()
      return crowded
    }
    const call = (): Packet => ({
      kind: 'propose',
      callId: randomUUID(),
      media: 'audio',
      ringSeconds: 30,
      accepts: null,
      name: 'M',
    })

    test('makes room for the next by going, the oldest first', async () => {
      const [oldest, ...others] = await crowd(null)
      if (!oldest) throw new Error('no link')
      await expectBobWell()
      await closed(oldest)
      expect(others.filter((socket) => socket.destroyed)).toEqual([])
    })

    test('keeps out neither a contact nor whom we dial, though each is in a call', async () => {
      const alice = createIdentity()
      bob.addContact({ address: addressOf(alice), endpoint: null })
      const crowded = await crowd(call)
      await expect.poll(() => atBob.of('call').length).toBe(64)
      const refused = await dialBob(mallory)
      await closed(refused)

      mallory = alice
      await expectBobWell()

      const carol = createLoopbackEnd({ name: 'Carol', mdnsPort: randomMdnsPort() })
      const atCarol = witness(carol)
      await carol.start()
      bob.addContact({ address: carol.self, endpoint: carol.endpoint() })
      await atCarol.sees('contact-request', ({ from }) => from === bob.self)
      await carol.stop()
      expect(crowded.filter((socket) => socket.destroyed)).toEqual([])
    })
  })

  test("cannot end, mute or steer somebody else's call", async () => {
    const { socket: alice } = await openStream()
    const theirs = randomUUID()
    alice.write(
      codec.encode(
        { kind: 'propose', callId: theirs, media: 'audio', ringSeconds: 30, accepts: null, name: 'A' },
        bob.self,
      ),
    )
    await atBob.sees('call')
    mallory = createIdentity()
    const { socket, said } = await openStream()
    for (const packet of [
      { kind: 'retract', callId: theirs, reason: 'cancelled' },
      { kind: 'finish', callId: theirs, reason: 'hung-up' },
      { kind: 'terminate', callId: theirs, requestId: 'x', reason: 'hung-up' },
      { kind: 'recording', callId: theirs, on: true },
      { kind: 'probe', requestId: 'well' },
    ] as const) {
      socket.write(codec.encode(packet, bob.self))
    }
    await expect.poll(said).toContain('id="well"')
    expect(atBob.of('ended')).toEqual([])
    expect(atBob.of('recording')).toEqual([])
  })
})

describe('somebody who answers with another key', () => {
  test('is told of, and hears nothing', async () => {
    const address = addressOf(createIdentity())
    let heard = 0
    const impostor = createServer(
      {
        key: mallory.privateKey,
        cert: mallory.certificate,
        requestCert: true,
        rejectUnauthorized: false,
        ALPNProtocols: ['xmpp-server', 'http/1.1'],
      },
      (socket) => {
        socket.on('error', () => {})
        socket.on('data', (bytes) => {
          heard += bytes.length
        })
      },
    )
    impostor.on('tlsClientError', () => {})
    await new Promise<void>((settle) => impostor.listen(0, '127.0.0.1', settle))
    const listening = impostor.address()
    if (listening === null || typeof listening === 'string') throw new Error('no port')
    bob.addContact({ address, endpoint: `127.0.0.1:${listening.port}` })
    expect(await atBob.sees('wrong-key')).toEqual({ type: 'wrong-key', address })
    const note = {
      id: randomUUID(),
      to: address,
      callId: randomUUID(),
      sentAt: 1,
      kind: 'note',
      text: 'secret',
    } as const
    expect(await bob.deliver(note, () => {}, never())).toEqual({
      ok: false,
      failure: { kind: 'unreachable' },
    })
    expect(heard).toBe(0)
    expect(atBob.of('wrong-key')).toHaveLength(1)
    await new Promise((settle) => impostor.close(settle))
  })
})

describe('files that are offered', () => {
  let folder: string
  let alice: Identity
  let path: string
  let deliveryId: string
  let stop: AbortController
  let delivered: Promise<unknown>

  /** Bob delivers a file to Alice, of whom only the stream is played here. */
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aftertone-offers-'))
    const file = join(folder, 'x.mp4')
    await writeFile(file, 'twelve bytes')
    alice = createIdentity()
    stop = new AbortController()
    deliveryId = randomUUID()
    const socket = await dialBob(alice)
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
    })
    socket.write(codec.header(addressOf(alice), bob.self))
    await atBob.sees('peer', ({ peer }) => peer.address === addressOf(alice) && peer.reachable)
    delivered = bob.deliver(
      {
        id: deliveryId,
        to: addressOf(alice),
        callId: randomUUID(),
        sentAt: 1,
        kind: 'file',
        path: file,
        file: {
          kind: 'audio',
          mimeType: 'audio/mp4',
          size: 12,
          sha256: 'ab'.repeat(32),
          durationMs: 1,
          width: null,
          height: null,
          poster: null,
          waveform: null,
        },
      },
      () => {},
      stop.signal,
    )
    await expect.poll(() => text).toMatch(/target="https:\/\/[^"]+"/)
    path = new URL(/target="([^"]+)"/.exec(text)?.[1] ?? '').pathname
  })
  afterEach(async () => {
    stop.abort()
    await delivered
    await rm(folder, { recursive: true })
  })

  function get(
    identity: Identity,
    what: { path: string; method?: string; headers?: Record<string, string> },
  ): Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> } | 'closed'> {
    const options: RequestOptions & ConnectionOptions = {
      host: '127.0.0.1',
      port,
      agent: false,
      rejectUnauthorized: false,
      key: identity.privateKey,
      cert: identity.certificate,
      ALPNProtocols: ['http/1.1'],
      ...what,
    }
    return new Promise((settle) => {
      const asked = request(options, (response) => {
        let body = ''
        response.on('data', (chunk) => {
          body += chunk
        })
        response.on('end', () =>
          settle({ status: response.statusCode ?? 0, body, headers: response.headers }),
        )
      })
      asked.on('error', () => settle('closed'))
      asked.end()
    })
  }

  test('go to the key that they were offered to', async () => {
    expect(await get(alice, { path })).toMatchObject({ status: 200, body: 'twelve bytes' })
  })
  test('come from an offset', async () => {
    const response = await get(alice, { path, headers: { Range: 'bytes=7-' } })
    expect(response).toMatchObject({ status: 206, body: 'bytes' })
    expect(response).toMatchObject({ headers: { 'content-range': 'bytes 7-11/12' } })
  })
  test('do not go to another key, though it knows the token', async () => {
    expect(await get(mallory, { path })).toMatchObject({ status: 404, body: '' })
  })
  for (const other of [
    '/m/aaaaaaaaaaaaaaaaaaaaaa',
    '/',
    '/m/',
    '/m/../../etc/passwd',
    '/etc/passwd',
    '/m/%2e%2e',
  ]) {
    test(`are not at ${other}`, async () => {
      expect(await get(alice, { path: other })).toMatchObject({ status: 404, body: '' })
    })
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
    test(`are not for ${method}`, async () => {
      expect(await get(alice, { path, method })).toMatchObject({ status: 405, body: '' })
    })
  }
  for (const range of ['bytes=12-', 'bytes=-5', 'bytes=0-3,5-6', 'lines=1-', 'bytes=99999999999999999999-']) {
    test(`are not served as ${range}`, async () => {
      expect(await get(alice, { path, headers: { Range: range } })).toMatchObject({ status: 416, body: '' })
    })
  }
  test('are not served to headers of 20 kB', async () => {
    expect(await get(alice, { path, headers: { 'X-Large': 'x'.repeat(20_000) } })).toBe('closed')
  })
  test('do not count as received by the word of somebody else', async () => {
    let over = false
    void delivered.then(() => {
      over = true
    })
    const { socket, said } = await openStream()
    socket.write(codec.encode({ kind: 'receipt', id: deliveryId, state: 'received' }, bob.self))
    socket.write(codec.encode({ kind: 'probe', requestId: 'well' }, bob.self))
    await expect.poll(said).toContain('id="well"')
    expect(over).toBe(false)
  })
  test('are gone once the delivery is over', async () => {
    stop.abort()
    await delivered
    expect(await get(alice, { path })).toMatchObject({ status: 404 })
  })
})

test('a message makes us fetch from its sender only', async () => {
  const { socket } = await openStream()
  const sender = addressOf(mallory)
  let dialled = 0
  const elsewhere = createServer()
  elsewhere.on('connection', () => {
    dialled += 1
  })
  await new Promise<void>((settle) => elsewhere.listen(0, '127.0.0.1', settle))
  const { port: otherPort } = elsewhere.address() as AddressInfo
  // Mallory says where to dial back, and that her file is somewhere else.
  socket.write(codec.encode({ kind: 'hello', name: 'M', saved: false, port: otherPort }, bob.self))
  await atBob.sees('peer', ({ peer }) => peer.name === 'M')
  for (const source of [
    'https://example.org/m/aaaaaaaaaaaaaaaaaaaaaa',
    `https://${bob.self.split('@')[0]}.nearby.invalid/m/aaaaaaaaaaaaaaaaaaaaaa`,
    `http://${sender.split('@')[0]}.nearby.invalid/m/aaaaaaaaaaaaaaaaaaaaaa`,
    `https://${sender.split('@')[0]}.nearby.invalid/../etc/passwd`,
    `https://${sender.split('@')[0]}.nearby.invalid/m/a%0d%0aX:y`,
    'file:///etc/passwd',
    'x',
  ]) {
    const file = {
      kind: 'audio',
      mimeType: 'audio/mp4',
      size: 1,
      sha256: '',
      durationMs: 1,
      width: null,
      height: null,
      poster: null,
      waveform: null,
    } as const
    const arrival = {
      kind: 'file',
      id: randomUUID(),
      from: sender,
      callId: randomUUID(),
      sentAt: 1,
      source,
      file,
    } as const
    const path = join(tmpdir(), `aftertone-${randomUUID()}`)
    expect(await bob.fetch(arrival, path, () => {}, never())).toEqual({
      ok: false,
      failure: { kind: 'gone' },
    })
  }
  expect(dialled).toBe(0)
  await new Promise((settle) => elsewhere.close(settle))
})

test('a taken port is no obstacle', async () => {
  const identity = createIdentity()
  const taken = createServer()
  await new Promise<void>((settle) => taken.listen(preferredPort(addressOf(identity)), '127.0.0.1', settle))
  const carol = createLoopbackEnd({ name: 'Carol', mdnsPort: randomMdnsPort(), identity })
  const atCarol = witness(carol)
  await carol.start()
  await atCarol.sees('status', ({ status }) => status.kind === 'on')
  expect(carol.endpoint()).toMatch(/^127\.0\.0\.1:\d+$/)
  expect(carol.endpoint()).not.toBe(`127.0.0.1:${preferredPort(addressOf(identity))}`)
  await carol.stop()
  expect(carol.endpoint()).toBeNull()
  await new Promise((settle) => taken.close(settle))
})
