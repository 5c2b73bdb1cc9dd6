import { SkipForward } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { HistoryEntry } from '../../preload/contract/history'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { findNextUnplayed } from '../app/messageRequests'
import { callPlayed } from '../app/stageSlice'
import { Button } from '../components/Button'
import { selectHistory } from '../history/historySlice'
import { isUnplayed } from '../text/messageWords'
import { t } from '../text/text'

/** The way to the next message that was not played yet, while there is another one than those shown here. */
export function NextUnplayed({ entry: { messages } }: { entry: HistoryEntry }) {
  const { unseen } = useAppSelector(selectHistory)
  const last = messages.at(-1)
  if (!last || unseen.messages <= messages.filter(isUnplayed).length) return null
  return <MoveOn after={last.id} />
}

function MoveOn({ after }: { after: string }) {
  const dispatch = useAppDispatch()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const stage = button.current?.closest('article')
    return () => {
      // It had the focus when it went: the keys go on from the player.
      if (document.activeElement === document.body)
        stage?.querySelector<HTMLElement>('[data-player]')?.focus()
    }
  }, [])
  const moveOn = async () => {
    const found = await dispatch(findNextUnplayed(after))
    if (findNextUnplayed.fulfilled.match(found) && found.payload) dispatch(callPlayed(found.payload.callId))
  }
  return (
    <Button ref={button} icon={SkipForward} onClick={() => void moveOn()}>
      {t('player.nextUnplayed')}
    </Button>
  )
}
