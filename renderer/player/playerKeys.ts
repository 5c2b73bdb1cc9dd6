import { type KeyboardEvent, useEffect, useEffectEvent } from 'react'
import { JUMP, nextRate, type PlaybackControl } from './usePlayback'

/** Of the browser's own and of React's key events. */
type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'preventDefault'> & {
  target: EventTarget | null
}

/** Space plays, arrows jump, `<` and `>` change the speed, wherever the focus is inside the player. */
export function playerKeys(control: PlaybackControl) {
  return (event: Key): void => {
    if (event.key !== ' ') steer(event, control)
    // A focused control keeps its own Space.
    else if (!matches(event, 'input, select, button') && !modified(event)) {
      control.toggle()
      event.preventDefault()
    }
  }
}

/** While it plays, arrows and speed keys reach it from the history too: Space there started it. */
export function useKeysWhilePlaying(control: PlaybackControl): void {
  const { playing } = control.playback
  const onKeyDown = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.defaultPrevented || matches(event, 'input, textarea, select, [role="tab"], dialog *')) return
    steer(event, control)
  })
  useEffect(() => {
    if (!playing) return
    const hear = (event: globalThis.KeyboardEvent) => onKeyDown(event)
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [playing])
}

function steer(event: Key, { playback, seek, setRate }: PlaybackControl): void {
  if (modified(event)) return
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      // The volume and the speed menu use the arrows themselves; on the scrubber they jump like everywhere.
      if (matches(event, '[data-own-arrows], [data-own-arrows] *')) return
      seek(playback.time + (event.key === 'ArrowLeft' ? -JUMP : JUMP))
      break
    case '<':
      setRate(nextRate(playback.rate, -1))
      break
    case '>':
      setRate(nextRate(playback.rate, 1))
      break
    default:
      return
  }
  event.preventDefault()
}

const modified = ({ ctrlKey, metaKey, altKey }: Key): boolean => ctrlKey || metaKey || altKey

const matches = ({ target }: Key, selector: string): boolean =>
  target instanceof HTMLElement && target.matches(selector)
