import type { Take } from '../../preload/contract/takes'
import { useAppDispatch } from '../app/hooks'
import { Button } from '../components/Button'
import { prepareUnsentAgain } from '../history/unsentSlice'
import { formatPercent } from '../text/formats'
import { type TextKey, t } from '../text/text'

const problems = {
  'disk-full': 'recorder.prepareDiskFull',
  'ffmpeg-missing': 'recorder.prepareFfmpegMissing',
  'ffmpeg-failed': 'recorder.prepareFfmpegFailed',
  'not-media': 'recorder.prepareNotMedia',
} as const satisfies Record<string, TextKey>

/** Only where the file was not there at once: its progress, or what went wrong. */
export function TakePreparing({ take: { id, state }, onDiscard }: { take: Take; onDiscard: () => void }) {
  const dispatch = useAppDispatch()
  if (state.phase === 'failed') {
    return (
      <div className="take-preparing" role="alert">
        <p>{t(problems[state.problem])}</p>
        <Button tone="primary" onClick={() => void dispatch(prepareUnsentAgain(id))}>
          {t('recorder.tryAgain')}
        </Button>
      </div>
    )
  }
  const progress = state.phase === 'preparing' ? state.progress : 0
  return (
    <div className="take-preparing">
      <p>{t('recorder.preparing', { percent: formatPercent(progress) })}</p>
      <progress value={progress} max={1} aria-label={t('recorder.preparingLabel')} />
      <Button onClick={onDiscard}>{t('recorder.stopPreparing')}</Button>
    </div>
  )
}
