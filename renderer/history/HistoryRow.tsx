import {
  ArrowDownLeft,
  ArrowUpRight,
  Check,
  ChevronDown,
  ChevronRight,
  Phone,
  PhoneMissed,
  TriangleAlert,
  Video,
} from 'lucide-react'
import type { KeyboardEvent, MouseEvent } from 'react'
import type { Medium } from '../../preload/contract/ids'
import { useAppDispatch } from '../app/hooks'
import { fileDrag } from '../app/messageRequests'
import { callBackKeys } from '../call/callBackKeys'
import { Avatar } from '../components/Avatar'
import { Icon } from '../components/Icon'
import { RoundButton } from '../components/RoundButton'
import { formatWhen } from '../text/formats'
import { isUnplayed } from '../text/messageWords'
import { t } from '../text/text'
import { type EntrySign, entryWords, missesWords } from './entryWords'
import './HistoryRow.css'
import { entryOf, type HistoryListRow } from './historyRows'
import { MessageThumb } from './MessageThumb'

const signs = {
  in: ArrowDownLeft,
  out: ArrowUpRight,
  missed: PhoneMissed,
  done: Check,
  failed: TriangleAlert,
} satisfies Record<EntrySign, typeof Check>

type HistoryRowProps = {
  row: HistoryListRow
  now: number
  selected: boolean
  /** Picked to be deleted with others. */
  marked: boolean
  /** The one row that Tab reaches; the arrows move it. */
  reachable: boolean
  onOpen: (event: MouseEvent) => void
  onPlay: () => void
  onCall: (media: Medium) => void
  /** Opens or closes misses in a row. */
  onToggle: () => void
  onMenu: (event: MouseEvent) => void
}

/** One line of the history: who, what became of it, when; calling back is at hand. */
export function HistoryRow(props: HistoryRowProps) {
  const { row, now, selected, marked, reachable, onOpen, onPlay, onCall, onToggle, onMenu } = props
  const entry = entryOf(row)
  const { call, person } = entry
  const dispatch = useAppDispatch()
  const message = entry.messages.at(-1)
  const { words, sign, tone } = row.kind === 'misses' ? missesWords(row.entries) : entryWords(entry)
  const when = formatWhen(call.startedAt, now)
  const time = (
    <time className="history-row-time" dateTime={new Date(call.startedAt).toISOString()}>
      {when}
    </time>
  )
  const unplayed = entry.messages.some(isUnplayed)
  const inside = row.kind === 'call' && row.inside

  const onCallKey = callBackKeys(onCall)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      onPlay()
    } else onCallKey(event)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu key reaches it from the button inside
    <div
      className="history-row"
      data-selected={selected || marked}
      data-inside={inside}
      onContextMenu={onMenu}
    >
      <button
        type="button"
        className="history-row-open"
        aria-current={selected}
        aria-expanded={row.kind === 'misses' ? row.open : undefined}
        aria-keyshortcuts="Enter Space C Shift+C Delete"
        tabIndex={reachable ? 0 : -1}
        data-row={row.id}
        {...fileDrag(message, dispatch)}
        onClick={onOpen}
        onKeyDown={onKeyDown}
        // Space on a button presses it when the key comes up; here it plays.
        onKeyUp={(event) => event.key === ' ' && event.preventDefault()}
      >
        <span className="history-row-mark" data-on={unplayed} />
        {marked ? (
          <span className="history-row-picked">
            <Icon of={Check} size={20} />
          </span>
        ) : (
          <Avatar
            name={person.name}
            address={person.address}
            size={inside ? 28 : 36}
            reachable={person.reachable}
          />
        )}
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
        {marked && <span className="visually-hidden">{t('history.isMarked')}</span>}
      </button>
      {row.kind === 'misses' && (
        <button
          type="button"
          className="history-row-toggle"
          aria-label={t(row.open ? 'history.closeMisses' : 'history.openMisses')}
          tabIndex={reachable ? 0 : -1}
          onClick={onToggle}
        >
          <Icon of={row.open ? ChevronDown : ChevronRight} size={14} />
        </button>
      )}
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
