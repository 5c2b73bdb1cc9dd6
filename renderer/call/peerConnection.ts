import type { IceServer, Signal } from '../../preload/contract/calls'
import type { Medium } from '../../preload/contract/ids'
import { watchConnection } from './connectionWatch'

type PeerInput = {
  iceServers: IceServer[]
  /** This end offers; the other answers. */
  offers: boolean
  sendSignal: (signal: Signal) => Promise<unknown>
  /** Their picture and sound, once. */
  onStream: (stream: MediaStream) => void
  /** Whether their picture comes in at this moment. */
  onPicture: (comesIn: boolean) => void
  onTheyMuted: (media: Medium[]) => void
  onConnected: () => void
  /** The connection can't be made or got back; said once. */
  onFailed: () => void
}

export type Peer = {
  /** What we send of each medium; null sends nothing, and the other end is told. */
  setTrack(medium: Medium, track: MediaStreamTrack | null): void
  /** Takes what the other end said, in the order in which it was said. */
  hear(signal: Signal): void
  close(): void
}

const media: readonly Medium[] = ['audio', 'video']

/**
 * One call's connection. Sound and picture both have their place from the start, so the camera goes on and off without
 * a new agreement; who offers is fixed, so the two ends never collide.
 */
export function createPeer(input: PeerInput): Peer {
  const { iceServers, offers, onStream, onPicture, onTheyMuted, onFailed } = input
  const connection = new RTCPeerConnection({ iceServers, bundlePolicy: 'balanced' })
  const theirs = new MediaStream()
  // Tracks of one stream are kept in step at the other end.
  const ours = new MediaStream()
  const tracks: Record<Medium, MediaStreamTrack | null> = { audio: null, video: null }
  let closed = false
  let saidMuted = ''
  const early: RTCIceCandidateInit[] = []

  // One thing at a time each way: a candidate never overtakes its description.
  let saying = Promise.resolve()
  const say = (signal: Signal): void => {
    saying = saying.then(() => (closed ? undefined : input.sendSignal(signal))).then(noValue, noValue)
  }
  let doing = Promise.resolve()
  const next = (step: () => Promise<void>): void => {
    doing = doing.then(async () => {
      if (!closed) await step()
    })
    doing = doing.catch(() => {
      if (!closed) onFailed()
    })
  }

  const sayMuted = (): void => {
    const muted = media.filter((medium) => tracks[medium] === null)
    if (muted.join() === saidMuted) return
    saidMuted = muted.join()
    say({ kind: 'muted', media: muted })
  }

  const describe = async (): Promise<void> => {
    await connection.setLocalDescription()
    const { localDescription } = connection
    if (localDescription?.type !== 'offer' && localDescription?.type !== 'answer') return
    say({ kind: 'description', type: localDescription.type, sdp: localDescription.sdp })
  }

  const placeTracks = async (): Promise<void> => {
    for (const transceiver of connection.getTransceivers()) {
      const medium = transceiver.receiver.track.kind === 'audio' ? 'audio' : 'video'
      if (transceiver.direction !== 'stopped') transceiver.direction = 'sendrecv'
      transceiver.sender.setStreams(ours)
      await transceiver.sender.replaceTrack(tracks[medium])
    }
  }

  const hearDescription = async (type: 'offer' | 'answer', sdp: string): Promise<void> => {
    await connection.setRemoteDescription({ type, sdp })
    for (const candidate of early.splice(0)) await addCandidate(candidate)
    if (type === 'answer') return
    await placeTracks()
    await describe()
  }

  /** One bad candidate of theirs is no reason to end a call that others can carry. */
  const addCandidate = (candidate: RTCIceCandidateInit): Promise<void> =>
    connection.addIceCandidate(candidate).catch(noValue)

  const watch = watchConnection({
    restart: offers
      ? () => {
          connection.restartIce()
          next(describe)
        }
      : null,
    onConnected: input.onConnected,
    onFailed,
  })

  connection.onconnectionstatechange = () => watch.changed(connection.connectionState)
  connection.onicecandidate = ({ candidate }) => {
    if (candidate === null || candidate.candidate === '' || candidate.sdpMid === null) return
    const { sdpMid, usernameFragment } = candidate
    say({
      kind: 'candidate',
      candidate: candidate.candidate,
      sdpMid,
      ...(usernameFragment === null ? {} : { usernameFragment }),
    })
  }
  connection.ontrack = ({ track }) => {
    if (theirs.getTracks().length === 0) onStream(theirs)
    theirs.addTrack(track)
    if (track.kind !== 'video') return
    // A track is mute until its first picture, and again when none comes any more.
    onPicture(!track.muted)
    track.onmute = () => onPicture(false)
    track.onunmute = () => onPicture(true)
  }

  if (offers) {
    next(async () => {
      for (const medium of media)
        connection.addTransceiver(tracks[medium] ?? medium, { direction: 'sendrecv', streams: [ours] })
      await describe()
      sayMuted()
    })
  }

  return {
    setTrack(medium, track) {
      if (tracks[medium] === track) return
      tracks[medium] = track
      next(placeTracks)
      if (connection.remoteDescription !== null) sayMuted()
    },
    hear(signal) {
      switch (signal.kind) {
        case 'description':
          return next(async () => {
            await hearDescription(signal.type, signal.sdp)
            sayMuted()
          })
        case 'candidate': {
          const { candidate, sdpMid, usernameFragment } = signal
          return next(async () => {
            const init = {
              candidate,
              sdpMid,
              ...(usernameFragment === undefined ? {} : { usernameFragment }),
            }
            if (connection.remoteDescription === null) early.push(init)
            else await addCandidate(init)
          })
        }
        case 'muted':
          return onTheyMuted(signal.media)
      }
    },
    close() {
      closed = true
      watch.stop()
      connection.onicecandidate = null
      connection.ontrack = null
      connection.onconnectionstatechange = null
      for (const track of theirs.getTracks()) {
        track.onmute = null
        track.onunmute = null
      }
      connection.close()
    },
  }
}

const noValue = (): undefined => undefined
