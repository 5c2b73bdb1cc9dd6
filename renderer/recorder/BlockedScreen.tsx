import { useAppDispatch } from '../app/hooks'
import { Button } from '../components/Button'
import { t } from '../text/text'
import { PermissionHelp } from './CaptureNotice'
import { problemKey } from './captureWords'
import { recorderEvent } from './recorderSlice'
import type { RecorderState } from './recorderState'

type BlockedScreenProps = {
  blocked: Extract<RecorderState, { phase: 'blocked' }>
  audioLimitMs: number | null
  onClose: () => void
}

/** Why nothing can be recorded, and every way on. */
export function BlockedScreen({ blocked: { problem, target }, audioLimitMs, onClose }: BlockedScreenProps) {
  const dispatch = useAppDispatch()
  const cameraFails = problem.kind === 'capture' && problem.problem.device === 'camera'
  const audioInstead = () => {
    if (audioLimitMs === null) return
    dispatch(recorderEvent({ type: 'close' }))
    dispatch(recorderEvent({ type: 'open', target: { ...target, kind: 'audio', limitMs: audioLimitMs } }))
  }
  return (
    <div className="recorder recorder-blocked">
      <p className="recorder-problem" role="alert">
        {t(problemKey(problem))}
      </p>
      <div className="recorder-ways">
        <Button onClick={onClose}>{t('recorder.cancel')}</Button>
        {problem.kind === 'capture' && <PermissionHelp problem={problem.problem} />}
        {cameraFails && audioLimitMs !== null && (
          <Button onClick={audioInstead}>{t('recorder.audioInstead')}</Button>
        )}
        <Button tone="primary" onClick={() => dispatch(recorderEvent({ type: 'tryAgain' }))}>
          {t('recorder.tryAgain')}
        </Button>
      </div>
    </div>
  )
}
