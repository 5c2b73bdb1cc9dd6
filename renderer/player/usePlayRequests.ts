import { useEffect, useRef } from 'react'

/** Plays or pauses whenever `plays` has grown: Space in the history asks for it from outside the player. */
export function usePlayRequests(plays: number, toggle: () => void): void {
  const done = useRef(0)
  useEffect(() => {
    if (plays > done.current) toggle()
    done.current = plays
  }, [plays, toggle])
}
