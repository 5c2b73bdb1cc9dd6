import type { TextKey } from '../text/text'
import type { CaptureProblem, Device } from './captureProblem'
import type { RecorderProblem, StopReason } from './recorderState'

const devices: Record<Device, Record<CaptureProblem['kind'], TextKey>> = {
  camera: {
    missing: 'recorder.cameraMissing',
    denied: 'recorder.cameraDenied',
    'in-use': 'recorder.cameraInUse',
    unplugged: 'recorder.cameraUnplugged',
    failed: 'recorder.cameraFailed',
  },
  microphone: {
    missing: 'recorder.microphoneMissing',
    denied: 'recorder.microphoneDenied',
    'in-use': 'recorder.microphoneInUse',
    unplugged: 'recorder.microphoneUnplugged',
    failed: 'recorder.microphoneFailed',
  },
}

const problems: Record<Exclude<RecorderProblem['kind'], 'capture'>, TextKey> = {
  'already-recording': 'recorder.alreadyRecording',
  'call-unknown': 'recorder.callUnknown',
  'disk-full': 'recorder.diskFull',
  'not-accepted': 'recorder.notAccepted',
  'take-unknown': 'recorder.takeUnknown',
  'too-short': 'recorder.tooShort',
  'unsupported-type': 'recorder.unsupportedType',
  unexpected: 'recorder.unexpected',
}

const reasons: Record<StopReason, TextKey | null> = {
  stopped: null,
  limit: 'recorder.stoppedLimit',
  hidden: 'recorder.stoppedHidden',
  'camera-lost': 'recorder.stoppedCamera',
  'microphone-lost': 'recorder.stoppedMicrophone',
  'disk-full': 'recorder.stoppedDiskFull',
  'recorder-failed': 'recorder.stoppedFailed',
}

export const captureKey = ({ device, kind }: CaptureProblem): TextKey => devices[device][kind]
export const problemKey = (problem: RecorderProblem): TextKey =>
  problem.kind === 'capture' ? captureKey(problem.problem) : problems[problem.kind]
/** Why the recording ended by itself; null when the person ended it. */
export const reasonKey = (reason: StopReason): TextKey | null => reasons[reason]
