import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Signal } from '../../../../preload/contract/calls'
import { createPeer } from '../../../../renderer/call/peerConnection'
import { FakeTrack } from '../recorder/fakeDevices'

type Sender = { track: unknown; replaceTrack(track: unknown): Promise<void>; setStreams(): void }
type Transceiver = { direction: string; receiver: { track: { kind: string } }; sender: Sender }

/** Chromium's connection as far as the peer uses it; it refuses a candidate that comes too early. */
class FakeConnection {
  static made: FakeConnection[] = []
  localDescription: { type: string; sdp: string } | null = null
  remoteDescription: { type: string; sdp: string } | null = null
  candidates: string[] = []
  restarts = 0
  closed = false
  onicecandidate: ((event: { candidate: object | null }) => void) | null = null
  private transceivers: Transceiver[] = []
  constructor(readonly configuration: RTCConfiguration) {
    FakeConnection.made.push(this)
  }
  addTransceiver(trackOrKind: { kind: string } | string, init: { direction: string }) {
    const kind = typeof trackOrKind === 'string' ? trackOrKind : trackOrKind.kind
    const sender: Sender = {
      track: typeof trackOrKind === 'string' ? null : trackOrKind,
      async replaceTrack(track) {
        sender.track = track
      },
      setStreams: () => undefined,
    }
    this.transceivers.push({ direction: init.direction, receiver: { track: { kind } }, sender })
  }
  getTransceivers = () => this.transceivers
  sending = () => this.transceivers.map(({ sender }) => (sender.track === null ? null : 'live'))
  async setLocalDescription() {
    const type = this.remoteDescription?.type === 'offer' ? 'answer' : 'offer'
    this.localDescription = { type, sdp: `${type}-sdp` }
  }
  async setRemoteDescription(description: { type: string; sdp: string }) {
    if (description.sdp === 'nonsense') throw new Error('not SDP')
    await Promise.resolve()
    if (this.transceivers.length === 0) {
      for (const kind of ['audio', 'video']) this.addTransceiver(kind, { direction: 'recvonly' })
    }
    this.remoteDescription = description
  }
  async addIceCandidate({ candidate }: { candidate: string }) {
    if (this.remoteDescription === null) throw new Error('The remote description was null')
    if (candidate === 'bad') throw new Error('bad candidate')
    this.candidates.push(candidate)
  }
  restartIce() {
    this.restarts += 1
  }
  close() {
    this.closed = true
  }
}

class EmptyStream {
  getTracks = () => []
}

beforeEach(() => {
  FakeConnection.made = []
  vi.stubGlobal('RTCPeerConnection', FakeConnection)
  vi.stubGlobal('MediaStream', EmptyStream)
})
afterEach(() => vi.unstubAllGlobals())

function setUp(offers: boolean) {
  const sent: Signal[] = []
  const onFailed = vi.fn()
  const onTheyMuted = vi.fn()
  const peer = createPeer({
    iceServers: [],
    offers,
    sendSignal: async (signal) => sent.push(signal),
    onStream: () => undefined,
    onPicture: () => undefined,
    onTheyMuted,
    onConnected: () => undefined,
    onFailed,
  })
  const [connection] = FakeConnection.made
  if (connection === undefined) throw new Error('no connection was made')
  const said = () => sent.map((signal) => (signal.kind === 'description' ? signal.type : signal.kind))
  return { peer, connection, sent, said, onFailed, onTheyMuted }
}

const candidate = (name: string): Signal => ({ kind: 'candidate', candidate: name, sdpMid: '0' })
const offer: Signal = { kind: 'description', type: 'offer', sdp: 'their-offer' }
const answer: Signal = { kind: 'description', type: 'answer', sdp: 'their-answer' }
const camera = () => new FakeTrack('video').asTrack
const microphone = () => new FakeTrack('audio').asTrack

describe('the end that offers', () => {
  it('has a place for sound and picture from the start, with what is open already', async () => {
    const { peer, connection, said } = setUp(true)
    peer.setTrack('audio', microphone())
    await vi.waitFor(() => expect(said()).toEqual(['offer', 'muted']))
    expect(connection.getTransceivers().map(({ direction }) => direction)).toEqual(['sendrecv', 'sendrecv'])
    expect(connection.sending()).toEqual(['live', null])
    expect(connection.configuration).toMatchObject({ bundlePolicy: 'balanced' })
  })

  it('turns the camera on and off without a new agreement, and says so', async () => {
    const { peer, connection, sent, said } = setUp(true)
    peer.setTrack('audio', microphone())
    peer.hear(answer)
    await vi.waitFor(() => expect(connection.remoteDescription).not.toBeNull())
    peer.setTrack('video', camera())
    await vi.waitFor(() => expect(connection.sending()).toEqual(['live', 'live']))
    peer.setTrack('video', null)
    await vi.waitFor(() => expect(connection.sending()).toEqual(['live', null]))
    await vi.waitFor(() => expect(said()).toEqual(['offer', 'muted', 'muted', 'muted']))
    expect(sent.filter(({ kind }) => kind === 'muted')).toEqual([
      { kind: 'muted', media: ['video'] },
      { kind: 'muted', media: [] },
      { kind: 'muted', media: ['video'] },
    ])
  })
})

describe('the end that answers', () => {
  it('sends its own sound and picture back', async () => {
    const { peer, connection, said } = setUp(false)
    peer.setTrack('audio', microphone())
    peer.setTrack('video', camera())
    expect(said()).toEqual([])
    peer.hear(offer)
    await vi.waitFor(() => expect(said()).toEqual(['answer']))
    expect(connection.sending()).toEqual(['live', 'live'])
    expect(connection.getTransceivers().map(({ direction }) => direction)).toEqual(['sendrecv', 'sendrecv'])
  })

  it('agrees again when the other end looks for a new path', async () => {
    const { peer, said } = setUp(false)
    peer.hear(offer)
    peer.hear(offer)
    await vi.waitFor(() => expect(said().filter((kind) => kind === 'answer')).toHaveLength(2))
  })
})

describe('candidates', () => {
  it('of theirs wait for their description, and keep their order', async () => {
    const { peer, connection, onFailed } = setUp(false)
    for (const name of ['one', 'two']) peer.hear(candidate(name))
    peer.hear(offer)
    peer.hear(candidate('three'))
    await vi.waitFor(() => expect(connection.candidates).toEqual(['one', 'two', 'three']))
    expect(onFailed).not.toHaveBeenCalled()
  })

  it('that are bad do not end the call', async () => {
    const { peer, connection, onFailed } = setUp(false)
    peer.hear(offer)
    peer.hear(candidate('bad'))
    peer.hear(candidate('good'))
    await vi.waitFor(() => expect(connection.candidates).toEqual(['good']))
    expect(onFailed).not.toHaveBeenCalled()
  })

  it('of ours are said after our description, without the end mark', async () => {
    const { connection, said, sent } = setUp(true)
    await vi.waitFor(() => expect(said()).toContain('offer'))
    connection.onicecandidate?.({
      candidate: { candidate: 'mine', sdpMid: '1', usernameFragment: 'frag' },
    })
    connection.onicecandidate?.({ candidate: { candidate: '', sdpMid: '1', usernameFragment: null } })
    connection.onicecandidate?.({ candidate: null })
    await vi.waitFor(() => expect(said()).toEqual(['offer', 'muted', 'candidate']))
    expect(sent[2]).toEqual({ kind: 'candidate', candidate: 'mine', sdpMid: '1', usernameFragment: 'frag' })
  })
})

it('ends the call when the other end’s description makes no sense', async () => {
  const { peer, onFailed } = setUp(false)
  peer.hear({ kind: 'description', type: 'offer', sdp: 'nonsense' })
  await vi.waitFor(() => expect(onFailed).toHaveBeenCalledTimes(1))
})

it('tells what they muted', () => {
  const { peer, onTheyMuted } = setUp(false)
  peer.hear({ kind: 'muted', media: ['audio'] })
  expect(onTheyMuted).toHaveBeenCalledWith(['audio'])
})

it('is silent and deaf once closed', async () => {
  const { peer, connection, said, onFailed } = setUp(true)
  peer.close()
  peer.hear(answer)
  peer.setTrack('video', camera())
  await new Promise((resolve) => setImmediate(resolve))
  expect(connection.closed).toBe(true)
  expect(said()).toEqual([])
  expect(onFailed).not.toHaveBeenCalled()
})
