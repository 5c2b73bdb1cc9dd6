import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useAppDispatch } from '../app/hooks'
import { callSelected } from '../app/stageSlice'
import { Button } from '../components/Button'
import { useKeys } from '../recorder/useKeys'
import { t } from '../text/text'
import { callLeft, sendNote } from './callSlice'
import './NoteEditor.css'

/** The contract's MAX_NOTE_LENGTH, which would bring zod along. */
const LONGEST = 1_000
/** From here on a screen reader hears how many are left. */
const SAYS_FROM = 100

type NoteEditorProps = { callId: string; name: string; onCancel: () => void }

/** A few words instead of a recording. What was typed stays until it is sent or the person turns back. */
export function NoteEditor({ callId, name, onCancel }: NoteEditorProps) {
  const dispatch = useAppDispatch()
  const [text, setText] = useState('')
  const [sending, setSending] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const ids = { field: useId(), hint: useId() }
  const left = LONGEST - text.length
  const canSend = text.trim() !== '' && !sending
  useEffect(() => field.current?.focus(), [])
  useKeys({ Escape: onCancel })

  const send = async (event?: FormEvent) => {
    event?.preventDefault()
    if (!canSend) return
    setSending(true)
    const sent = await dispatch(sendNote({ callId, text: text.trim() }))
    setSending(false)
    if (!sendNote.fulfilled.match(sent)) return
    dispatch(callLeft(callId))
    dispatch(callSelected(callId))
  }

  return (
    <div className="note-stage">
      <form className="note-editor" onSubmit={(event) => void send(event)}>
        <h1 className="note-editor-title">{t('call.noteTitle', { name })}</h1>
        <label htmlFor={ids.field} className="visually-hidden">
          {t('call.noteLabel')}
        </label>
        <textarea
          ref={field}
          id={ids.field}
          aria-describedby={ids.hint}
          rows={6}
          maxLength={LONGEST}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send()
          }}
        />
        <div className="note-editor-below">
          <p id={ids.hint}>{t('call.noteHint')}</p>
          <p className="note-editor-count" aria-live={left <= SAYS_FROM ? 'polite' : 'off'}>
            {t('call.noteLeft', { count: left })}
          </p>
        </div>
        <div className="note-editor-actions">
          <Button onClick={onCancel}>{t('call.noteCancel')}</Button>
          <Button type="submit" tone="primary" disabled={!canSend}>
            {t('call.noteSend')}
          </Button>
        </div>
      </form>
    </div>
  )
}
