import { Pin } from 'lucide-react'
import type { Message } from '../../preload/contract/messages'
import { useAppDispatch } from '../app/hooks'
import { keepMessage } from '../app/messageRequests'
import { Button } from '../components/Button'
import { t } from '../text/text'

/** Pins a message, so that no keep rule deletes it. */
export function KeepButton({ message: { id, kept } }: { message: Message }) {
  const dispatch = useAppDispatch()
  return (
    <Button
      icon={Pin}
      aria-pressed={kept}
      onClick={() => dispatch(keepMessage({ messageId: id, kept: !kept }))}
    >
      {t('player.keep')}
    </Button>
  )
}
