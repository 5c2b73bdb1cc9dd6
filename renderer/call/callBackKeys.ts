import type { KeyboardEvent } from 'react'
import type { Medium } from '../../preload/contract/ids'

/** C calls back with video, Shift+C with sound only; not while something is written. */
export function callBackKeys(place: (media: Medium) => void) {
  return (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== 'c') return
    if (
      event.target instanceof HTMLElement &&
      event.target.matches('input:not([type="range"]), textarea, select')
    )
      return
    event.preventDefault()
    place(event.shiftKey ? 'audio' : 'video')
  }
}
