import { bridge } from '../app/bridge'
import { Button } from '../components/Button'
import { t } from '../text/text'
import type { CaptureProblem } from './captureProblem'
import type { CaptureState } from './captureService'
import { captureKey } from './captureWords'
import './CaptureNotice.css'

/** What is wrong with the camera or the microphone of a call that goes on without it. */
export function CaptureNotice({ devices: { camera, microphone } }: { devices: CaptureState }) {
  const failed = microphone.kind === 'failed' ? microphone : camera.kind === 'failed' ? camera : null
  return (
    <div role="status" className="capture-notice-place">
      {failed && (
        <div className="capture-notice">
          <p>{t(captureKey(failed.problem))}</p>
          <PermissionHelp problem={failed.problem} />
        </div>
      )}
    </div>
  )
}

/** The way to the system's own page, where a permission is missing. */
export function PermissionHelp({ problem }: { problem: CaptureProblem }) {
  if (problem.kind !== 'denied') return null
  return (
    <Button onClick={() => void bridge.desktop.openMediaSettings({ device: problem.device })}>
      {t('recorder.openSystemSettings')}
    </Button>
  )
}
