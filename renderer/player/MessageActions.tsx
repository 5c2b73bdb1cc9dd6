import { Download, RotateCcw, Undo2 } from 'lucide-react'
import type { Message } from '../../preload/contract/messages'
import { useAppDispatch } from '../app/hooks'
import { cancelMessage, retryMessage, saveMessage } from '../app/messageRequests'
import { noticeShown } from '../app/noticesSlice'
import { Button } from '../components/Button'
import { isHere } from '../text/messageWords'
import { t } from '../text/text'
import { KeepButton } from './KeepButton'

/** What can be done with a message itself: save it, keep it, try again, take it back. */
export function MessageActions({ message }: { message: Message }) {
  const dispatch = useAppDispatch()
  const { state, content, direction, id } = message
  const underWay = direction === 'out' && (state.phase === 'waiting' || state.phase === 'sending')
  const save = async () => {
    const done = await dispatch(saveMessage(id))
    if (saveMessage.fulfilled.match(done)) {
      dispatch(noticeShown('status', 'player.saved', { fileName: done.payload.fileName }))
    }
  }
  return (
    <>
      {content.kind !== 'text' && isHere(message) && (
        <Button icon={Download} onClick={() => void save()}>
          {t('player.save')}
        </Button>
      )}
      {isHere(message) && <KeepButton message={message} />}
      {state.phase === 'failed' && (
        <Button icon={RotateCcw} onClick={() => dispatch(retryMessage(id))}>
          {t('player.retry')}
        </Button>
      )}
      {direction === 'out' && (underWay || state.phase === 'failed') && (
        <Button icon={Undo2} onClick={() => dispatch(cancelMessage(id))}>
          {t('player.takeBack')}
        </Button>
      )}
    </>
  )
}
