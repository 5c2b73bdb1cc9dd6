import { useAppSelector } from '../app/hooks'
import type { CaptureState, DeviceState } from '../recorder/captureService'
import { selectRecorder } from '../recorder/recorderSlice'
import { useCapture, useNeed } from '../recorder/useCapture'
import { useLevels, type WatchPeaks } from '../recorder/useLevels'
import { useRecording } from '../recorder/useRecording'
import { useVisible } from '../recorder/useVisible'
import { selectSettings } from '../settings/settingsSlice'
import { selectCall } from './callSlice'
import { neededDevices } from './neededDevices'
import { offerAfter } from './offer'
import { type Theirs, usePeer } from './usePeer'
import { useWarmOffer } from './useWarmOffer'

/** Everything on the stage that is heard or seen. */
export type StageMedia = {
  devices: CaptureState
  camera: MediaStreamTrack | null
  theirs: Theirs
  watchPeaks: WatchPeaks
}

const trackOf = (device: DeviceState) => (device.kind === 'on' ? device.track : null)

/** Opens what the stage needs, for the call and for the recorder alike, and lets go of it at once. */
export function useStageMedia(): StageMedia {
  const { current: call, cameraOn, microphoneOn } = useAppSelector(selectCall)
  const recorder = useAppSelector(selectRecorder)
  const { cameraId, microphoneId } = useAppSelector(selectSettings)
  const visible = useVisible()
  const offerWarm = useWarmOffer(call !== null && offerAfter(call) !== null ? call.id : null)
  const { capture, devices } = useCapture()
  const camera = trackOf(devices.camera)
  const microphone = trackOf(devices.microphone)
  const theirs = usePeer({ audio: microphoneOn ? microphone : null, video: cameraOn ? camera : null })
  const watchPeaks = useLevels(recorder.phase === 'closed' ? null : microphone)
  useRecording(capture, devices, visible)
  useNeed(capture, {
    ...neededDevices({ call, recorder, cameraOn, offerWarm, visible }),
    cameraId,
    microphoneId,
  })
  return { devices, camera, theirs, watchPeaks }
}
