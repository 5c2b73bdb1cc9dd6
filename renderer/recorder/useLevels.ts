import { useCallback, useEffect, useRef } from 'react'
import { createLevelMeter } from './levelMeter'

/** Tells the loudest sample (0..1) of each 50 ms to whoever listens; returns the way to stop. */
export type WatchPeaks = (onPeak: (peak: number) => void) => () => void

/** One meter for a microphone track, shared by everything on screen that shows or checks it. */
export function useLevels(track: MediaStreamTrack | null): WatchPeaks {
  const listeners = useRef(new Set<(peak: number) => void>())
  useEffect(() => {
    if (track === null) return
    const meter = createLevelMeter(track, (peak) => {
      for (const listener of listeners.current) listener(peak)
    })
    return () => meter.close()
  }, [track])
  return useCallback((listener) => {
    const { current } = listeners
    current.add(listener)
    return () => current.delete(listener)
  }, [])
}

/** A peak as a share of a meter that follows the ear: -50 dB is empty, 0 dB is full. */
export const meterShare = (peak: number): number =>
  peak <= 0 ? 0 : Math.min(1, Math.max(0, 1 + Math.log10(peak) / 2.5))
