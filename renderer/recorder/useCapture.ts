import { useEffect, useState, useSyncExternalStore } from 'react'
import { bridge } from '../app/bridge'
import { type Capture, type CaptureNeed, type CaptureState, createCapture } from './captureService'

/** This screen's camera and microphone; both go off when the screen goes. */
export function useCapture(): { capture: Capture; devices: CaptureState } {
  const [capture] = useState(() =>
    createCapture({
      devices: navigator.mediaDevices,
      askForMedia: (device) => bridge.desktop.askForMedia({ device }),
    }),
  )
  useEffect(() => () => capture.stopAll(), [capture])
  useEffect(() => {
    const retry = () => capture.retry()
    navigator.mediaDevices.addEventListener('devicechange', retry)
    return () => navigator.mediaDevices.removeEventListener('devicechange', retry)
  }, [capture])
  return { capture, devices: useSyncExternalStore(capture.subscribe, capture.state) }
}

/** Keeps open what is needed. Call it after whoever uses the tracks, so that they let go before a track stops. */
export function useNeed(capture: Capture, { camera, microphone, cameraId, microphoneId }: CaptureNeed): void {
  useEffect(
    () => capture.need({ camera, microphone, cameraId, microphoneId }),
    [capture, camera, microphone, cameraId, microphoneId],
  )
}
