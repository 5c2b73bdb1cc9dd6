import { useEffect } from 'react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { answerCall, declineCall, selectCall } from './callSlice'

/**
 * Accept and decline from the keyboard: Ctrl/⌘+Shift+V answers a video call, +A an audio call, +D declines. Only while
 * a window of ours has the focus; there is never a global Accept.
 */
export function useCallKeys(): void {
  const dispatch = useAppDispatch()
  const { ringing } = useAppSelector(selectCall)
  useEffect(() => {
    if (ringing === null) return
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.altKey || event.repeat) return
      const key = event.key.toLowerCase()
      if (key === 'd') void dispatch(declineCall(ringing.id))
      else if (key === (ringing.media === 'video' ? 'v' : 'a')) void dispatch(answerCall(ringing.id))
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [dispatch, ringing])
}
