import { DeviceCheck } from '../components/DeviceCheck'
import { SpeakerSetting } from './SpeakerSetting'
import { useSettings } from './useSettings'

/** Camera, microphone and speaker, tried out live while this is open. */
export function DevicesSection() {
  const [{ cameraId, microphoneId, speakerId }, change] = useSettings()
  return (
    <>
      <DeviceCheck cameraId={cameraId} microphoneId={microphoneId} onChoose={change} />
      <SpeakerSetting speakerId={speakerId} onChoose={(id) => change({ speakerId: id })} />
    </>
  )
}
