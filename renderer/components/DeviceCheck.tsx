import { VideoOff } from 'lucide-react'
import { useCallback, useEffect, useRef } from 'react'
import { bridge } from '../app/bridge'
import type { CaptureProblem } from '../recorder/captureProblem'
import type { DeviceState } from '../recorder/captureService'
import { useCapture, useNeed } from '../recorder/useCapture'
import { meterShare, useLevels } from '../recorder/useLevels'
import { useVisible } from '../recorder/useVisible'
import { type TextKey, t } from '../text/text'
import { Button } from './Button'
import './DeviceCheck.css'
import { known, withSystemChoice } from './deviceChoices'
import { Icon } from './Icon'
import { LevelMeter } from './LevelMeter'
import { Select } from './Select'
import { useDeviceChoices } from './useDeviceChoices'

type DeviceCheckProps = {
  cameraId: string
  microphoneId: string
  onChoose: (chosen: { cameraId: string } | { microphoneId: string }) => void
}

/** Our own picture and a level meter, with a choice of devices. Everything is off again when this goes, or hides. */
export function DeviceCheck(props: DeviceCheckProps) {
  // Another choice begins anew: the old devices are let go of first.
  return <OpenDevices key={`${props.cameraId} ${props.microphoneId}`} {...props} />
}

function OpenDevices({ cameraId, microphoneId, onChoose }: DeviceCheckProps) {
  const visible = useVisible()
  const { capture, devices } = useCapture()
  const { camera, microphone } = devices
  const watchPeaks = useLevels(microphone.kind === 'on' ? microphone.track : null)
  const watch = useCallback(
    (onLevel: (level: number) => void) => watchPeaks((peak) => onLevel(meterShare(peak))),
    [watchPeaks],
  )
  useNeed(capture, { camera: visible, microphone: visible, cameraId, microphoneId })
  const { cameras, microphones } = useDeviceChoices(camera.kind === 'on' || microphone.kind === 'on')
  return (
    <div className="device-check">
      <div className="device-check-picture">
        {camera.kind === 'on' ? <OwnPicture track={camera.track} /> : <Icon of={VideoOff} size={32} />}
      </div>
      <Select
        label={t('components.camera')}
        value={known(cameraId, cameras)}
        options={withSystemChoice(cameras)}
        onChange={(id) => onChoose({ cameraId: id })}
      />
      <Problem device={camera} />
      <Select
        label={t('components.microphone')}
        value={known(microphoneId, microphones)}
        options={withSystemChoice(microphones)}
        onChange={(id) => onChoose({ microphoneId: id })}
      />
      {microphone.kind === 'on' && (
        <div className="device-check-level">
          <LevelMeter watch={watch} />
          <p className="setting-hint">{t('components.levelHint')}</p>
        </div>
      )}
      <Problem device={microphone} />
    </div>
  )
}

function OwnPicture({ track }: { track: MediaStreamTrack }) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) video.current.srcObject = new MediaStream([track])
  }, [track])
  return <video ref={video} autoPlay muted playsInline aria-label={t('components.ownPicture')} />
}

const problems = {
  camera: {
    missing: 'components.cameraMissing',
    denied: 'components.cameraDenied',
    'in-use': 'components.cameraInUse',
    unplugged: 'components.cameraMissing',
    failed: 'components.cameraFailed',
  },
  microphone: {
    missing: 'components.microphoneMissing',
    denied: 'components.microphoneDenied',
    'in-use': 'components.microphoneInUse',
    unplugged: 'components.microphoneMissing',
    failed: 'components.microphoneFailed',
  },
} satisfies Record<CaptureProblem['device'], Record<CaptureProblem['kind'], TextKey>>

function Problem({ device }: { device: DeviceState }) {
  const problem = device.kind === 'failed' ? device.problem : null
  return (
    <div role="status" className="device-check-problem">
      {problem && <p>{t(problems[problem.device][problem.kind])}</p>}
      {problem?.kind === 'denied' && (
        <Button
          tone="quiet"
          onClick={() => void bridge.desktop.openMediaSettings({ device: problem.device })}
        >
          {t('components.openSystemSettings')}
        </Button>
      )}
    </div>
  )
}
