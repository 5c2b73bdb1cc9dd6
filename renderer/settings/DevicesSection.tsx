import { DeviceCheck } from '../components/DeviceCheck'
import { useSettings } from './useSettings'

/** Camera and microphone, tried out live while this is open. */
export function DevicesSection() {
  const [{ cameraId, microphoneId }, change] = useSettings()
  return <DeviceCheck cameraId={cameraId} microphoneId={microphoneId} onChoose={change} />
}
