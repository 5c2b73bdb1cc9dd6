import { type RefObject, useEffect, useState } from 'react'

/** Whether the pointer rested over this element for `after` milliseconds. A key press counts as life too. */
export function useStill(element: RefObject<HTMLElement | null>, after: number): boolean {
  const [still, setStill] = useState(false)
  useEffect(() => {
    const place = element.current
    if (place === null) return
    let timer = setTimeout(() => setStill(true), after)
    const moved = () => {
      setStill(false)
      clearTimeout(timer)
      timer = setTimeout(() => setStill(true), after)
    }
    place.addEventListener('pointermove', moved)
    window.addEventListener('keydown', moved)
    return () => {
      clearTimeout(timer)
      place.removeEventListener('pointermove', moved)
      window.removeEventListener('keydown', moved)
    }
  }, [element, after])
  return still
}
