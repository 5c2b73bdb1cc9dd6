import './Waveform.css'
import { fewerPeaks } from './peaks'

type WaveformProps = {
  /** 0..100 each. */
  peaks: readonly number[]
  /** At most this many bars. */
  bars?: number
  /** Share already played, 0..1. */
  progress?: number
}

const BAR = 3
const STEP = 5

/** The loudness of a recording as bars, as wide and tall as its place. Decoration: its length is told in words. */
export function Waveform({ peaks, bars = 120, progress = 0 }: WaveformProps) {
  const shown = fewerPeaks(peaks, bars)
  return (
    <svg
      className="waveform"
      viewBox={`0 0 ${shown.length * STEP - (STEP - BAR)} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {shown.map((peak, bar) => {
        const height = Math.max(4, Math.min(peak, 100))
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={bar}
            className={(bar + 0.5) / shown.length <= progress ? 'waveform-played' : undefined}
            x={bar * STEP}
            y={(100 - height) / 2}
            width={BAR}
            height={height}
            rx="1.5"
          />
        )
      })}
    </svg>
  )
}
