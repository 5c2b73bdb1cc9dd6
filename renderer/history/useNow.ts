import { useEffect, useState } from 'react'

const DAY = 24 * 60 * 60 * 1_000

const untilMidnight = (now: number): number => new Date(now).setHours(24, 0, 0, 0) - now

/** The present day, for words like "Yesterday": changes at midnight, and when the window is looked at again. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const update = () => setNow(Date.now())
    const timer = setTimeout(update, Math.min(untilMidnight(now) + 1_000, DAY))
    window.addEventListener('focus', update)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('focus', update)
    }
  }, [now])
  return now
}
