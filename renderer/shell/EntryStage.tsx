import { Phone, Video } from 'lucide-react'
import { useEffect } from 'react'
import type { HistoryEntry } from '../../preload/contract/history'
import type { Message } from '../../preload/contract/messages'
import { callBackKeys } from '../call/callBackKeys'
import { placeCall } from '../call/callSlice'
import { Avatar } from '../components/Avatar'
import { Button } from '../components/Button'
import { RoundButton } from '../components/RoundButton'
import { loadEntry, markSeen, selectEntry, selectHistory } from '../history/historySlice'
import { ThreadTiles } from '../history/ThreadTiles'
import { useNow } from '../history/useNow'
import { PersonTrust } from '../people/PersonTrust'
import { MessageActions } from '../player/MessageActions'
import { MessagePlayer } from '../player/MessagePlayer'
import { NextUnplayed } from '../player/NextUnplayed'
import { callWords } from '../text/callWords'
import { formatDayAndTime } from '../text/formats'
import { deliveryWords, isHere, messageWords } from '../text/messageWords'
import { t } from '../text/text'
import './EntryStage.css'
import { useAppDispatch, useAppSelector } from '../app/hooks'

/** One call of the history with its messages, and calling back next to them. */
export function EntryStage({ callId, plays }: { callId: string; plays: number }) {
  const dispatch = useAppDispatch()
  const entry = useAppSelector((state) => selectEntry(state, callId))
  const { absent } = useAppSelector(selectHistory)
  const unseen = entry?.call.seen === false
  useEffect(() => {
    if (unseen) void dispatch(markSeen(callId))
  }, [dispatch, unseen, callId])
  // A click on a notification may come before the history is here, or name a call that it doesn't show now.
  const missing = entry === undefined
  useEffect(() => {
    if (missing) void dispatch(loadEntry(callId))
  }, [dispatch, missing, callId])
  if (!entry && absent !== callId) return null
  if (!entry) return <p className="entry-stage-missing">{t('frame.entryMissing')}</p>

  const { person, messages } = entry
  return (
    <article
      className="entry-stage"
      onKeyDown={callBackKeys((media) => void dispatch(placeCall({ personId: person.id, media })))}
    >
      {messages.length === 0 ? (
        <CallHeader entry={entry} />
      ) : (
        messages.map((message, index) => (
          <MessageBlock
            key={message.id}
            message={message}
            name={person.name}
            // Space in the history plays the newest one, which its row shows.
            plays={index === messages.length - 1 ? plays : 0}
            actions={messages.length > 1}
          />
        ))
      )}
      <CallActions entry={entry} />
      <PersonTrust person={person} />
      <ThreadTiles personId={person.id} name={person.name} selectedCallId={callId} />
    </article>
  )
}

/** A call without a message: who, what became of it, when. */
function CallHeader({ entry: { call, person, messageRemoved } }: { entry: HistoryEntry }) {
  const now = useNow()
  return (
    <header className="entry-stage-person">
      <Avatar name={person.name} address={person.address} size={96} reachable={person.reachable} />
      <h1>{person.name}</h1>
      <p>
        {callWords(call)} · {formatDayAndTime(call.startedAt, now)}
      </p>
      {messageRemoved && <p>{t('history.messageRemoved')}</p>}
    </header>
  )
}

type MessageBlockProps = {
  message: Message
  name: string
  plays: number
  /** Has its own row of actions; a single message shares it with calling back. */
  actions: boolean
}

function MessageBlock({ message, name, plays, actions }: MessageBlockProps) {
  const now = useNow()
  const { direction, state } = message
  const delivery = deliveryWords(message, name)
  return (
    <section className="entry-stage-message">
      {isHere(message) && (
        <MessagePlayer message={message} name={direction === 'in' ? name : t('player.you')} plays={plays} />
      )}
      <header>
        <h1>{direction === 'in' ? name : t('frame.toName', { name })}</h1>
        <p>
          {message.content.kind !== 'text' && `${messageWords(message)} · `}
          {formatDayAndTime(message.sentAt, now)}
        </p>
        <p role="status" className="entry-stage-delivery" data-phase={state.phase}>
          {delivery}
        </p>
      </header>
      {actions && (
        <div className="entry-stage-actions">
          <MessageActions message={message} />
        </div>
      )}
    </section>
  )
}

function CallActions({ entry }: { entry: HistoryEntry }) {
  const { call, person, messages } = entry
  const [message] = messages
  const dispatch = useAppDispatch()
  const personId = person.id
  if (call.state.phase !== 'ended') return null
  return (
    <div className="entry-stage-actions">
      <Button tone="primary" icon={Video} onClick={() => dispatch(placeCall({ personId, media: 'video' }))}>
        {t(call.direction === 'in' ? 'player.callBack' : 'player.callAgain')}
      </Button>
      <RoundButton
        icon={Phone}
        label={t('player.audioOnly', { name: person.name })}
        onClick={() => dispatch(placeCall({ personId, media: 'audio' }))}
      />
      {message && messages.length === 1 && <MessageActions message={message} />}
      <NextUnplayed entry={entry} />
    </div>
  )
}
