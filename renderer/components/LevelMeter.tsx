import { useEffect, useRef } from 'react'
import './LevelMeter.css'

type LevelMeterProps = {
  /** Tells the level, 0..1, again and again; returns the way to stop. */
  watch: (onLevel: (level: number) => void) => () => void
}

/** How loud it is right now, as a bar. Moves outside React: it changes with every frame. */
export function LevelMeter({ watch }: LevelMeterProps) {
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => watch((level) => bar.current?.style.setProperty('--level', level.toFixed(3))), [watch])
  return (
    <div className="level-meter" aria-hidden="true">
      <div ref={bar} className="level-meter-bar" />
    </div>
  )
}
