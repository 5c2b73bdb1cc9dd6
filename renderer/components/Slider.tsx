import type { CSSProperties } from 'react'
import './Slider.css'

type SliderProps = {
  label: string
  /** What a screen reader says instead of the number. */
  valueText?: string
  min?: number
  max: number
  /**
   * `any` for a value that changes by itself: the browser would round what is between two steps, and React would take
   * that for a choice and set it back, in the middle of a key press.
   */
  step: number | 'any'
  value: number
  onChange: (value: number) => void
  disabled?: boolean
  className?: string
}

/** A native range input: arrows move it by `step`; by a hundredth where that is `any`. */
export function Slider({
  label,
  valueText,
  min = 0,
  max,
  step,
  value,
  onChange,
  disabled,
  className = '',
}: SliderProps) {
  const share = max > min ? (value - min) / (max - min) : 0
  const style: CSSProperties & Record<'--share', string> = { '--share': `${share * 100}%` }
  return (
    <input
      type="range"
      className={`slider ${className}`}
      style={style}
      aria-label={label}
      aria-valuetext={valueText}
      min={min}
      max={max}
      step={step}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
    />
  )
}
