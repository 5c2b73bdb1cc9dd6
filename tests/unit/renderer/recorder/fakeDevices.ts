/** A track that can end, mute and be stopped, like those of `getUserMedia`. */
export class FakeTrack extends EventTarget {
  readyState: 'live' | 'ended' = 'live'
  muted = false
  constructor(readonly kind: 'audio' | 'video') {
    super()
  }
  stop() {
    this.readyState = 'ended'
  }
  getSettings = () => ({ width: 1280, height: 720 })
  /** The device goes away. */
  unplug() {
    this.readyState = 'ended'
    this.dispatchEvent(new Event('ended'))
  }
  sleep(muted: boolean) {
    this.muted = muted
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'))
  }
  /** The DOM's type has far more than the services use. */
  get asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack
  }
}

export class FakeStream {
  constructor(private readonly tracks: FakeTrack[]) {}
  getTracks = () => this.tracks
  getVideoTracks = () => this.tracks.filter(({ kind }) => kind === 'video')
}

/** Answers `getUserMedia` when told to, and remembers every track it gave. */
export function fakeDevices() {
  const asked: { constraints: MediaStreamConstraints; give(): FakeTrack; refuse(name: string): void }[] = []
  const tracks: FakeTrack[] = []
  return {
    asked,
    tracks,
    live: () => tracks.filter(({ readyState }) => readyState === 'live').map(({ kind }) => kind),
    devices: {
      getUserMedia: (constraints: MediaStreamConstraints = {}) =>
        new Promise<MediaStream>((resolve, reject) => {
          asked.push({
            constraints,
            give() {
              const track = new FakeTrack(constraints.video ? 'video' : 'audio')
              tracks.push(track)
              resolve(new FakeStream([track]) as unknown as MediaStream)
              return track
            },
            refuse: (name) => reject(new DOMException('refused', name)),
          })
        }),
    },
  }
}
