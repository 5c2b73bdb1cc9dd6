import { useEffect } from 'react'
import { playTone, type Tone } from './tone'

/** Plays while it is asked for, and falls silent on every way out. */
export function useTone(tone: Tone | null): void {
  useEffect(() => (tone === null ? undefined : playTone(tone)), [tone])
}
