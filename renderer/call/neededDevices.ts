import type { Call } from '../../preload/contract/calls'
import type { RecorderState } from '../recorder/recorderState'

/** Which devices the stage needs open at this moment. */
export type Needed = { camera: boolean; microphone: boolean }

type Stage = {
  call: Call | null
  recorder: RecorderState
  /** The person's own switch during a call. */
  cameraOn: boolean
  /** The offer still shows the caller's own picture. */
  offerWarm: boolean
  /** The window can be seen. */
  visible: boolean
}

const none: Needed = { camera: false, microphone: false }

/**
 * The one rule for both lights: what is not needed here is switched off at once, so no way out can forget it. A call
 * goes on talking while its window is hidden; everything else stops.
 */
export function neededDevices({ call, recorder, cameraOn, offerWarm, visible }: Stage): Needed {
  switch (recorder.phase) {
    case 'opening':
    case 'ready':
    case 'countdown':
    case 'starting':
    case 'recording':
    case 'paused':
      return visible ? { camera: recorder.target.kind === 'video', microphone: true } : none
    case 'blocked':
    case 'finishing':
    case 'preview':
      return none
    case 'closed':
      return call === null ? none : neededByCall(call, cameraOn, offerWarm, visible)
  }
}

function neededByCall(call: Call, cameraOn: boolean, offerWarm: boolean, visible: boolean): Needed {
  switch (call.state.phase) {
    case 'dialing':
    case 'ringing':
      return call.direction === 'out' ? { camera: cameraOn && visible, microphone: true } : none
    case 'connecting':
    case 'connected':
      return { camera: cameraOn && visible, microphone: true }
    case 'ended':
      return { camera: offerWarm && cameraOn && visible, microphone: false }
  }
}
