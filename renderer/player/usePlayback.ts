import { type RefObject, useCallback, useEffect, useState } from 'react'
import { useAppSelector } from '../app/hooks'
import { useSpeaker } from '../components/speaker'
import { selectSettings } from '../settings/settingsSlice'

/** How far a file has played. Times are seconds. */
export type Playback = {
  playing: boolean
  /** Played at least once, so the first picture is no longer what is seen. */
  started: boolean
  time: number
  duration: number
  rate: number
  volume: number
  /** The file cannot be played. */
  broken: boolean
}

/** Speeds that are offered, slow to fast. */
export const RATES = [0.75, 1, 1.25, 1.5, 2]
/** How far an arrow key jumps, in seconds. */
export const JUMP = 5

/**
 * Follows a media element and steers it; it is heard on the chosen speaker, and one at a time. `knownDuration` (seconds) stands in until the file itself has told.
 */
export function usePlayback(element: RefObject<HTMLMediaElement | null>, knownDuration: number) {
  const [playback, setPlayback] = useState<Playback>({
    playing: false,
    started: false,
    time: 0,
    duration: knownDuration,
    rate: 1,
    volume: 1,
    broken: false,
  })

  useSpeaker(element, useAppSelector(selectSettings).speakerId)

  useEffect(() => {
    const media = element.current
    if (!media) return
    // `play` does not bubble, but on its way down it passes the document.
    const makeRoom = ({ target }: Event) => {
      if (target !== media && target instanceof HTMLMediaElement && !target.muted) media.pause()
    }
    const follow = () =>
      setPlayback((before) => ({
        playing: !media.paused && !media.ended,
        started: before.started || !media.paused,
        time: media.currentTime,
        duration: Number.isFinite(media.duration) ? media.duration : before.duration,
        rate: media.playbackRate,
        volume: media.muted ? 0 : media.volume,
        broken: media.error !== null,
      }))
    const events = [
      'play',
      'pause',
      'ended',
      'timeupdate',
      'seeking',
      'seeked',
      'durationchange',
      'ratechange',
      'volumechange',
      'error',
    ]
    for (const event of events) media.addEventListener(event, follow)
    document.addEventListener('play', makeRoom, true)
    return () => {
      for (const event of events) media.removeEventListener(event, follow)
      document.removeEventListener('play', makeRoom, true)
      // Nobody hears what cannot be seen any more.
      media.pause()
    }
  }, [element])

  const toggle = useCallback(() => {
    const media = element.current
    if (!media) return
    if (!media.paused) media.pause()
    // A refusal also fires `error`, which says so on the screen; a pause that overtakes play is none.
    else media.play().catch(() => undefined)
  }, [element])

  const seek = useCallback(
    (time: number) => {
      const media = element.current
      if (!media) return
      const end = Number.isFinite(media.duration) ? media.duration : knownDuration
      media.currentTime = Math.min(Math.max(time, 0), end)
    },
    [element, knownDuration],
  )

  const setRate = (rate: number) => {
    if (element.current) element.current.playbackRate = rate
  }
  const setVolume = (volume: number) => {
    if (!element.current) return
    element.current.volume = volume
    element.current.muted = volume === 0
  }
  return { playback, toggle, seek, setRate, setVolume }
}

export type PlaybackControl = ReturnType<typeof usePlayback>

/** The next offered speed in a direction; stays at the ends. */
export function nextRate(rate: number, direction: 1 | -1): number {
  const at = RATES.indexOf(rate)
  return RATES[Math.min(Math.max((at === -1 ? 1 : at) + direction, 0), RATES.length - 1)] ?? 1
}
