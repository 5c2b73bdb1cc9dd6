import { useEffect } from 'react'
import type { Message } from '../../preload/contract/messages'
import { useAppDispatch } from '../app/hooks'
import { markPlayed } from '../app/messageRequests'
import { isUnplayed } from '../text/messageWords'

/** Marks a message for us as played once it really was; main does the rest (badge, receipt). */
export function usePlayedMark(message: Message, played: boolean): void {
  const dispatch = useAppDispatch()
  const due = played && isUnplayed(message)
  useEffect(() => {
    if (due) void dispatch(markPlayed(message.id))
  }, [dispatch, due, message.id])
}
