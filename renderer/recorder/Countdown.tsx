import { Button } from '../components/Button'
import { t } from '../text/text'

/** 3, 2, 1. */
export function Countdown({ left, onSkip }: { left: number; onSkip: () => void }) {
  return (
    <div className="countdown">
      <p key={left} className="countdown-number" aria-hidden="true">
        {left}
      </p>
      <p className="visually-hidden" role="timer" aria-live="assertive">
        {t('recorder.countdown', { count: left })}
      </p>
      <Button onClick={onSkip}>{t('recorder.skipCountdown')}</Button>
    </div>
  )
}
