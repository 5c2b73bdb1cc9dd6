import type { CaptureState, DeviceState } from './captureService'
import type { RecorderEvent, RecorderState } from './recorderState'

type Tracks = { camera: MediaStreamTrack | null; microphone: MediaStreamTrack }

/** The tracks to record, once all that this kind of message needs are there. */
export function tracksFor(kind: 'audio' | 'video', { camera, microphone }: CaptureState): Tracks | null {
  if (microphone.kind !== 'on') return null
  if (kind === 'audio') return { camera: null, microphone: microphone.track }
  return camera.kind === 'on' ? { camera: camera.track, microphone: microphone.track } : null
}

const isLost = (device: DeviceState): boolean =>
  device.kind === 'failed' || (device.kind === 'on' && device.interrupted)

/**
 * What the devices' state means to the recorder, or null. A camera that ends while the microphone lives would hold the
 * recorder back for ever, so a lost device ends the recording: what there is goes to the preview.
 */
export function deviceNews(
  state: RecorderState,
  devices: CaptureState,
  now: { at: number; countdownSeconds: number },
): RecorderEvent | null {
  if (state.phase === 'closed') return null
  const { kind } = state.target
  const camera: DeviceState = kind === 'video' ? devices.camera : { kind: 'off' }
  const { microphone } = devices
  switch (state.phase) {
    case 'opening':
    case 'ready':
    case 'countdown':
    case 'starting': {
      if (camera.kind === 'failed') return { type: 'captureFailed', problem: camera.problem }
      if (microphone.kind === 'failed') return { type: 'captureFailed', problem: microphone.problem }
      const { countdownSeconds } = now
      return state.phase === 'opening' && tracksFor(kind, devices) !== null
        ? { type: 'captured', countdownSeconds }
        : null
    }
    case 'recording':
    case 'paused':
      if (isLost(camera)) return { type: 'stop', at: now.at, reason: 'camera-lost' }
      return isLost(microphone) ? { type: 'stop', at: now.at, reason: 'microphone-lost' } : null
    case 'blocked':
    case 'finishing':
    case 'preview':
      return null
  }
}
