import { useEffect, useState } from 'react'

/** An offer that nobody touches lets the camera go to rest; its last picture stays. */
const WARM_MS = 60_000

/** Whether the offer of this call (null: there is none) is still fresh. */
export function useWarmOffer(callId: string | null): boolean {
  const [coldCallId, setColdCallId] = useState<string | null>(null)
  useEffect(() => {
    if (callId === null) return
    const timer = setTimeout(() => setColdCallId(callId), WARM_MS)
    return () => clearTimeout(timer)
  }, [callId])
  return callId !== null && coldCallId !== callId
}
