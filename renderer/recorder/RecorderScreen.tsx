import { X } from 'lucide-react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { RoundButton } from '../components/RoundButton'
import { selectSettings } from '../settings/settingsSlice'
import { t } from '../text/text'
import { BlockedScreen } from './BlockedScreen'
import { Countdown } from './Countdown'
import type { CaptureState } from './captureService'
import { LiveWaveform } from './LiveWaveform'
import { RecordingBar } from './RecordingBar'
import { RecordingTime } from './RecordingTime'
import './RecorderScreen.css'
import { recorderEvent } from './recorderSlice'
import type { RecorderState } from './recorderState'
import { useKeys } from './useKeys'
import type { WatchPeaks } from './useLevels'
import { useSelfCheck } from './useSelfCheck'

type OpenRecorder = Exclude<RecorderState, { phase: 'closed' } | { phase: 'preview' }>

type RecorderScreenProps = {
  recorder: OpenRecorder
  media: { devices: CaptureState; camera: MediaStreamTrack | null; watchPeaks: WatchPeaks }
  /** Longest audio message that may be left instead of a video; null: none. */
  audioLimitMs: number | null
}

const selfCheckKeys = { silent: 'recorder.silent', dark: 'recorder.dark', frozen: 'recorder.frozen' } as const

/** From the open devices to the last chunk. What it means for the person stands before their own picture. */
export function RecorderScreen({ recorder, media, audioLimitMs }: RecorderScreenProps) {
  const dispatch = useAppDispatch()
  const { countdownSeconds } = useAppSelector(selectSettings)
  const { phase, target } = recorder
  const selfCheck = useSelfCheck(phase === 'recording', media.watchPeaks, media.camera)
  const running = phase === 'recording' || phase === 'paused'

  const stop = () => dispatch(recorderEvent({ type: 'stop', at: performance.now(), reason: 'stopped' }))
  const pauseOrResume = () =>
    dispatch(recorderEvent({ type: phase === 'paused' ? 'resume' : 'pause', at: performance.now() }))
  const start = () => dispatch(recorderEvent({ type: 'start', countdownSeconds }))
  const leave = () => dispatch(recorderEvent({ type: phase === 'countdown' ? 'stopCountdown' : 'close' }))
  useKeys({
    r: () => (running ? stop() : phase === 'countdown' ? leave() : start()),
    p: pauseOrResume,
    Escape: running ? stop : leave,
  })

  if (recorder.phase === 'blocked') {
    return <BlockedScreen blocked={recorder} audioLimitMs={audioLimitMs} onClose={leave} />
  }
  return (
    <div className="recorder">
      {!running && phase !== 'finishing' && (
        <div className="call-stage-close">
          <RoundButton icon={X} tone="overlay" label={t('recorder.cancel')} onClick={leave} />
        </div>
      )}
      <header className="call-stage-top drag-region">
        <RecordingTime recorder={recorder} />
      </header>
      {target.kind === 'audio' && phase !== 'countdown' && (
        <LiveWaveform watchPeaks={media.watchPeaks} moving={phase !== 'paused'} />
      )}
      {phase === 'countdown' && (
        <Countdown left={recorder.left} onSkip={() => dispatch(recorderEvent({ type: 'skipCountdown' }))} />
      )}
      <footer className="call-stage-bottom">
        <p className="recorder-check" role="status">
          {selfCheck !== null && t(selfCheckKeys[selfCheck])}
          {phase === 'opening' && t(target.kind === 'video' ? 'recorder.opening' : 'recorder.openingAudio')}
          {phase === 'finishing' && t('recorder.finishing')}
        </p>
        <RecordingBar
          recorder={recorder}
          watchPeaks={media.watchPeaks}
          onStart={start}
          onStop={stop}
          onPause={pauseOrResume}
        />
      </footer>
    </div>
  )
}
