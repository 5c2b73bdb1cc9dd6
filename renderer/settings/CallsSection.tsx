import { Select } from '../components/Select'
import { withValue } from '../text/acceptWords'
import { t } from '../text/text'
import { useSettings } from './useSettings'

const RING_SECONDS = [20, 30, 45, 60, 90]
const COUNTDOWN_SECONDS = [0, 3, 5, 10]

/** How long it rings, and how long before a recording. */
export function CallsSection() {
  const [{ ringSeconds, countdownSeconds }, change] = useSettings()
  const seconds = (count: number) => ({ value: String(count), label: t('settings.seconds', { count }) })
  return (
    <>
      <Select
        label={t('settings.ring')}
        value={String(ringSeconds)}
        options={withValue(RING_SECONDS, ringSeconds).map(seconds)}
        onChange={(value) => change({ ringSeconds: Number(value) })}
      />
      <Select
        label={t('settings.countdown')}
        value={String(countdownSeconds)}
        options={withValue(COUNTDOWN_SECONDS, countdownSeconds).map((count) =>
          count === 0 ? { value: '0', label: t('settings.off') } : seconds(count),
        )}
        onChange={(value) => change({ countdownSeconds: Number(value) })}
      />
    </>
  )
}
