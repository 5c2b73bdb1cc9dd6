import { useAppSelector } from '../app/hooks'
import { selectRecorder } from '../recorder/recorderSlice'
import { t } from '../text/text'
import './CallStage.css'
import { selectCall } from './callSlice'
import { LiveVideo } from './LiveVideo'
import { offerAfter } from './offer'
import { StageScreen } from './StageScreen'
import { useStageMedia } from './useStageMedia'

/**
 * The stage of a call from the first ring to the message that answers it: one place that changes, with one camera and
 * one microphone that it alone opens.
 */
export function CallStage() {
  const { current: call } = useAppSelector(selectCall)
  const recorder = useAppSelector(selectRecorder)
  const media = useStageMedia()
  const offered = recorder.phase === 'closed' && call !== null && offerAfter(call) !== null
  const ownPicture =
    recorder.phase === 'closed' ? call?.state.phase !== 'connected' : recorder.phase !== 'preview'
  return (
    <section className="call-stage" aria-label={t('call.stage')}>
      {ownPicture && (media.camera !== null || offered) && (
        <LiveVideo
          // The recorder starts with a fresh picture; the offer keeps the last one when the camera goes to rest.
          key={recorder.phase === 'closed' ? 'call' : 'recorder'}
          track={media.camera}
          mirrored
          className={`call-stage-own ${recorder.phase === 'closed' ? 'call-stage-dimmed' : ''}`}
        />
      )}
      <StageScreen media={media} />
    </section>
  )
}
