import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import type { Message } from '../../preload/contract/messages'
import { useAppDispatch } from '../app/hooks'
import { copyNote } from '../app/messageRequests'
import { Button } from '../components/Button'
import { t } from '../text/text'
import './NoteView.css'
import { usePlayedMark } from './usePlayedMark'

/** A note: words that can be selected and copied. Seeing it is reading it. */
export function NoteView({ message, text, name }: { message: Message; text: string; name: string }) {
  const dispatch = useAppDispatch()
  const [copied, setCopied] = useState(false)
  usePlayedMark(message, true)
  const copy = async () => {
    const done = await dispatch(copyNote(message.id))
    setCopied(copyNote.fulfilled.match(done))
  }
  return (
    <section className="note-view" aria-label={t('player.noteOf', { name })}>
      <p className="note-view-text">{text}</p>
      <Button tone="quiet" icon={copied ? Check : Copy} onClick={() => void copy()}>
        {t(copied ? 'player.copied' : 'player.copy')}
      </Button>
    </section>
  )
}
