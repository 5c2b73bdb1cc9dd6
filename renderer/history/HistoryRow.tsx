import { ArrowDownLeft, ArrowUpRight, Check, Phone, PhoneMissed, TriangleAlert, Video } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { HistoryEntry } from '../../preload/contract/history'
import type { Medium } from '../../preload/contract/ids'
import { useAppDispatch } from '../app/hooks'
import { fileDrag } from '../app/messageRequests'
import { Avatar } from '../components/Avatar'
import { Icon } from '../components/Icon'
import { RoundButton } from '../components/RoundButton'
import { formatWhen } from '../text/formats'
import { isUnplayed } from '../text/messageWords'
import { t } from '../text/text'
import { type EntrySign, entryWords } from './entryWords'
import './HistoryRow.css'
import { MessageThumb } from './MessageThumb'

const signs = {
  in: ArrowDownLeft,
  out: ArrowUpRight,
  missed: PhoneMissed,
  done: Check,
  failed: TriangleAlert,
} satisfies Record<EntrySign, typeof Check>

type HistoryRowProps = {
  entry: HistoryEntry
  now: number
  selected: boolean
  /** The one row that Tab reaches; the arrows move it. */
  reachable: boolean
  onOpen: () => void
  onPlay: () => void
  onCall: (media: Medium) => void
}

/** One call of the history: who, what became of it, when; calling back is at hand. */
export function HistoryRow({ entry, now, selected, reachable, onOpen, onPlay, onCall }: HistoryRowProps) {
  const { call, person } = entry
  const dispatch = useAppDispatch()
  const message = entry.messages.at(-1)
  const { words, sign, tone } = entryWords(entry)
  const when = formatWhen(call.startedAt, now)
  const time = (
    <time className="history-row-time" dateTime={new Date(call.startedAt).toISOString()}>
      {when}
    </time>
  )
  const unplayed = entry.messages.some(isUnplayed)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === ' ') {
      event.preventDefault()
      onPlay()
    } else if (event.key.toLowerCase() === 'c') {
      onCall(event.shiftKey ? 'audio' : 'video')
    }
  }

  return (
    <div className="history-row" data-selected={selected}>
      <button
        type="button"
        className="history-row-open"
        aria-current={selected}
        aria-keyshortcuts="Enter Space C Shift+C"
        tabIndex={reachable ? 0 : -1}
        data-row={call.id}
        {...fileDrag(message, dispatch)}
        onClick={onOpen}
        onKeyDown={onKeyDown}
        // Space on a button presses it when the key comes up; here it plays.
        onKeyUp={(event) => event.key === ' ' && event.preventDefault()}
      >
        <span className="history-row-mark" data-on={unplayed} />
        <Avatar name={person.name} address={person.address} size={36} reachable={person.reachable} />
        <span className="history-row-words">
          <span className="history-row-name" data-tone={tone}>
            {person.name}
          </span>
          <span className="history-row-line" data-tone={tone}>
            {sign && <Icon of={signs[sign]} size={14} />}
            <span>{words}</span>
          </span>
          {message && time}
        </span>
        {message ? <MessageThumb message={message} /> : time}
        {unplayed && <span className="visually-hidden">{t('history.unplayed')}</span>}
      </button>
      <div className="history-row-actions">
        <RoundButton
          icon={Phone}
          size={28}
          label={t('history.callAudio', { name: person.name })}
          tabIndex={reachable ? 0 : -1}
          onClick={() => onCall('audio')}
        />
        <RoundButton
          icon={Video}
          size={28}
          tone="accent"
          label={t('history.callVideo', { name: person.name })}
          tabIndex={reachable ? 0 : -1}
          onClick={() => onCall('video')}
        />
      </div>
    </div>
  )
}
