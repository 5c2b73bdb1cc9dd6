import type { MediaAccess } from '../../preload/contract/desktop'
import { type CaptureProblem, captureProblem, type Device } from './captureProblem'

/** What a device gives now. `interrupted`: it is there but gives nothing (asleep, or muted by the system). */
export type DeviceState =
  | { kind: 'off' }
  | { kind: 'opening' }
  | { kind: 'on'; track: MediaStreamTrack; interrupted: boolean }
  | { kind: 'failed'; problem: CaptureProblem }

export type CaptureState = Readonly<Record<Device, DeviceState>>

/** What to have open; an empty id is the system's own choice. */
export type CaptureNeed = { camera: boolean; microphone: boolean; cameraId: string; microphoneId: string }

export type Capture = {
  /** Opens what is missing and stops what is not needed, at once. A device that failed stays so until `retry`. */
  need(wanted: CaptureNeed): void
  retry(): void
  state(): CaptureState
  /** For `useSyncExternalStore`. */
  subscribe(listener: () => void): () => void
  /** Stops every track; the lights go off. Nothing opens again until the next `need`. */
  stopAll(): void
}

const off: DeviceState = { kind: 'off' }
const nothing: CaptureNeed = { camera: false, microphone: false, cameraId: '', microphoneId: '' }

function constraintsFor(device: Device, need: CaptureNeed): MediaStreamConstraints {
  const id = device === 'camera' ? need.cameraId : need.microphoneId
  // `ideal`: a chosen device that was unplugged meanwhile must not keep the others from working.
  const chosen = id === '' ? {} : { deviceId: { ideal: id } }
  return device === 'camera'
    ? { video: { ...chosen, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } } }
    : {
        audio: {
          ...chosen,
          echoCancellation: true,
          noiseSuppression: true,
          autoGainControl: true,
          channelCount: 1,
          sampleRate: 48_000,
        },
      }
}

type CaptureInput = {
  devices: Pick<MediaDevices, 'getUserMedia'>
  /** Has the system ask the person, where it wants to (macOS); the answer is quick elsewhere. */
  askForMedia: (device: Device) => Promise<MediaAccess>
}

/**
 * Holds at most one camera and one microphone track. Camera and microphone are asked for one by one, so that sound
 * works where no camera does.
 */
export function createCapture({ devices, askForMedia }: CaptureInput): Capture {
  let wanted = nothing
  let state: CaptureState = { camera: off, microphone: off }
  const listeners = new Set<() => void>()

  const set = (device: Device, next: DeviceState): void => {
    state = { ...state, [device]: next }
    for (const listener of listeners) listener()
  }

  const close = (device: Device): void => {
    const now = state[device]
    if (now.kind === 'on') now.track.stop()
    if (now.kind !== 'off') set(device, off)
  }

  const watch = (device: Device, track: MediaStreamTrack): void => {
    const interrupted = (value: boolean) => () => {
      const now = state[device]
      if (now.kind === 'on' && now.track === track) set(device, { ...now, interrupted: value })
    }
    track.addEventListener('mute', interrupted(true))
    track.addEventListener('unmute', interrupted(false))
    // Our own `stop()` does not fire this: the device went away.
    track.addEventListener('ended', () => {
      const now = state[device]
      if (now.kind !== 'on' || now.track !== track) return
      set(device, { kind: 'failed', problem: { device, kind: 'unplugged' } })
    })
  }

  const open = async (device: Device): Promise<void> => {
    const opening: DeviceState = { kind: 'opening' }
    set(device, opening)
    try {
      if ((await askForMedia(device)) === 'denied') {
        if (state[device] === opening) set(device, { kind: 'failed', problem: { device, kind: 'denied' } })
        return
      }
      if (state[device] !== opening) return
      const stream = await devices.getUserMedia(constraintsFor(device, wanted))
      const [track, ...others] = stream.getTracks()
      for (const other of others) other.stop()
      // Not wanted any more, or asked for anew meanwhile: the light must not stay on.
      if (state[device] !== opening) track?.stop()
      else if (track === undefined) set(device, { kind: 'failed', problem: { device, kind: 'missing' } })
      else {
        watch(device, track)
        set(device, { kind: 'on', track, interrupted: track.muted })
      }
    } catch (error) {
      if (state[device] === opening) set(device, { kind: 'failed', problem: captureProblem(device, error) })
    }
  }

  const settle = (device: Device): void => {
    const { kind } = state[device]
    if (!wanted[device]) close(device)
    else if (kind === 'off') void open(device)
  }

  return {
    need(next) {
      wanted = next
      settle('camera')
      settle('microphone')
    },
    retry() {
      for (const device of ['camera', 'microphone'] as const) {
        if (state[device].kind === 'failed') close(device)
        settle(device)
      }
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stopAll() {
      wanted = nothing
      close('camera')
      close('microphone')
    },
  }
}
