import { useEffect, useEffectEvent } from 'react'

/** A key as `event.key` names it, lower case for letters, with what it does; what it does may leave it to the page. */
export type Keys = Readonly<Partial<Record<string, () => void>>>

const INTERACTIVE = 'button, a[href], input, textarea, select, [role="slider"], [contenteditable]'
const TYPING = 'input:not([type="range"]), textarea, select, [contenteditable]'

/** A focused control keeps its own keys: Enter on Save saves, and letters in a field are letters. */
function belongsToControl({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest(TYPING) !== null) return key !== 'Escape'
  return (key === 'Enter' || key === ' ') && target.closest(INTERACTIVE) !== null
}

/** Single keys of a screen, wherever the focus is. A dialog in front, or a modifier key, takes them away. */
export function useKeys(keys: Keys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.metaKey || event.ctrlKey || event.altKey) return
    if (belongsToControl(event) || document.querySelector('dialog[open]') !== null) return
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}
