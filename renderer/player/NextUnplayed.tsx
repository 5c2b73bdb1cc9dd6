import { SkipForward } from 'lucide-react'
import type { HistoryEntry } from '../../preload/contract/history'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { findNextUnplayed } from '../app/messageRequests'
import { callPlayed } from '../app/stageSlice'
import { Button } from '../components/Button'
import { selectHistory } from '../history/historySlice'
import { isUnplayed } from '../text/messageWords'
import { t } from '../text/text'

/** Plays the next message that was not played yet, while there is another one than those shown here. */
export function NextUnplayed({ entry: { messages } }: { entry: HistoryEntry }) {
  const dispatch = useAppDispatch()
  const { unseen } = useAppSelector(selectHistory)
  const last = messages.at(-1)
  if (!last || unseen.messages <= messages.filter(isUnplayed).length) return null
  const moveOn = async () => {
    const found = await dispatch(findNextUnplayed(last.id))
    if (findNextUnplayed.fulfilled.match(found) && found.payload) dispatch(callPlayed(found.payload.callId))
  }
  return (
    <Button icon={SkipForward} onClick={() => void moveOn()}>
      {t('player.nextUnplayed')}
    </Button>
  )
}
