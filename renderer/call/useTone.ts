import { useEffect } from 'react'
import { useAppSelector } from '../app/hooks'
import { selectSettings } from '../settings/settingsSlice'
import { playTone, type Tone } from './tone'

/** Plays while it is asked for, and falls silent on every way out. */
export function useTone(tone: Tone | null): void {
  const { speakerId } = useAppSelector(selectSettings)
  useEffect(() => (tone === null ? undefined : playTone(tone, speakerId)), [tone, speakerId])
}
