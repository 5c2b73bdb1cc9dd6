import type { KeyboardEvent } from 'react'
import { JUMP, nextRate, type PlaybackControl } from './usePlayback'

/** Space plays, arrows jump, `<` and `>` change the speed, wherever the focus is inside the player. */
export function playerKeys({ playback, toggle, seek, setRate }: PlaybackControl) {
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const onControl = event.target instanceof HTMLElement && event.target.matches('input, select, button')
    switch (event.key) {
      case ' ':
        // A focused control keeps its own Space.
        if (onControl) return
        toggle()
        break
      case 'ArrowLeft':
        if (ownArrows(event)) return
        seek(playback.time - JUMP)
        break
      case 'ArrowRight':
        if (ownArrows(event)) return
        seek(playback.time + JUMP)
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
}

/** The volume and the speed menu use the arrows themselves; on the scrubber they jump like everywhere. */
const ownArrows = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && target.closest('[data-own-arrows]') !== null
