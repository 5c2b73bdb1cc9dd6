import { useEffect, useState } from 'react'
import { formatLength, formatLengthInWords } from '../text/formats'
import { t } from '../text/text'
import { type RecorderState, recordedAt } from './recorderState'

const TICK_MS = 200
/** The end is near: amber. */
const NEAR_END_MS = 10_000

type RecordingTimeProps = { recorder: Exclude<RecorderState, { phase: 'closed' } | { phase: 'preview' }> }

/** The red pill with elapsed time and limit; before the start, how long it may get. */
export function RecordingTime({ recorder }: RecordingTimeProps) {
  const { phase, target } = recorder
  const running = phase === 'recording'
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setNow(performance.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [running])

  const limit = formatLength(target.limitMs)
  if (phase !== 'recording' && phase !== 'paused' && phase !== 'finishing') {
    return <p className="recording-limit">{t('recorder.upTo', { length: limit })}</p>
  }
  const elapsedMs = Math.min(
    recordedAt(recorder, Math.max(now, running ? recorder.since : 0)),
    target.limitMs,
  )
  const elapsed = formatLength(elapsedMs)
  return (
    <p
      className="recording-pill"
      data-running={running}
      data-near-end={target.limitMs - elapsedMs <= NEAR_END_MS}
      role="timer"
    >
      <span className="visually-hidden">
        {t('recorder.elapsedWords', {
          elapsed: formatLengthInWords(elapsedMs),
          limit: formatLengthInWords(target.limitMs),
        })}
      </span>
      <span className="recording-dot" aria-hidden="true" />
      <span aria-hidden="true">
        {t(phase === 'paused' ? 'recorder.elapsedPaused' : 'recorder.elapsed', { elapsed, limit })}
      </span>
    </p>
  )
}
