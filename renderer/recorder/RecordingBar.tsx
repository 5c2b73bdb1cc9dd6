import { Circle, Pause, Play, RotateCcw, Square } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useAppDispatch } from '../app/hooks'
import { RoundButton } from '../components/RoundButton'
import { t } from '../text/text'
import { RetakeDialog } from './RetakeDialog'
import { recorderEvent } from './recorderSlice'
import { type RecorderState, recordedAt } from './recorderState'
import { asksBeforeRetake } from './retake'
import { meterShare, type WatchPeaks } from './useLevels'

type RecordingBarProps = {
  recorder: Exclude<RecorderState, { phase: 'closed' } | { phase: 'preview' } | { phase: 'blocked' }>
  watchPeaks: WatchPeaks
  onStart: () => void
  onStop: () => void
  onPause: () => void
}

/** Pause at the left, Stop in its level ring, Retake at the right; before that, one button to start. */
export function RecordingBar({ recorder, watchPeaks, onStart, onStop, onPause }: RecordingBarProps) {
  const dispatch = useAppDispatch()
  const [askingMs, setAskingMs] = useState<number | null>(null)
  const { phase } = recorder
  const running = phase === 'recording' || phase === 'paused'

  const retake = () => {
    setAskingMs(null)
    dispatch(recorderEvent({ type: 'retake' }))
  }
  const askRetake = () => {
    const recordedMs = recordedAt(recorder, performance.now())
    if (!asksBeforeRetake(recordedMs)) return retake()
    dispatch(recorderEvent({ type: 'pause', at: performance.now() }))
    setAskingMs(recordedMs)
  }

  if (phase === 'countdown' || phase === 'starting' || phase === 'opening') return null
  if (!running) {
    return (
      <div className="call-stage-bar">
        <RoundButton
          icon={Circle}
          tone="danger"
          size={72}
          labelled
          label={t('recorder.record')}
          disabled={phase !== 'ready'}
          onClick={onStart}
        />
      </div>
    )
  }
  return (
    <div className="call-stage-bar recording-bar">
      <RoundButton
        icon={phase === 'paused' ? Play : Pause}
        tone="overlay"
        size={56}
        labelled
        label={t(phase === 'paused' ? 'recorder.resume' : 'recorder.pause')}
        onClick={onPause}
      />
      <LevelRing watchPeaks={watchPeaks} live={phase === 'recording'}>
        <RoundButton
          icon={Square}
          tone="danger"
          size={72}
          labelled
          label={t('recorder.stop')}
          onClick={onStop}
        />
      </LevelRing>
      <RoundButton
        icon={RotateCcw}
        tone="overlay"
        size={56}
        labelled
        label={t('recorder.retake')}
        onClick={askRetake}
      />
      {askingMs !== null && (
        <RetakeDialog lengthMs={askingMs} onRetake={retake} onClose={() => setAskingMs(null)} />
      )}
    </div>
  )
}

type LevelRingProps = { watchPeaks: WatchPeaks; live: boolean; children: React.ReactNode }

/** How loud it is, as a thin ring. Moves outside React: it changes twenty times a second. */
function LevelRing({ watchPeaks, live, children }: LevelRingProps) {
  const ring = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const show = (share: number) => ring.current?.style.setProperty('--level', share.toFixed(3))
    if (!live) return show(0)
    return watchPeaks((peak) => show(meterShare(peak)))
  }, [watchPeaks, live])
  return (
    <div ref={ring} className="level-ring">
      {children}
    </div>
  )
}
