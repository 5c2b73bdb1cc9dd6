import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { callPlayed, callSelected, selectSelection } from '../app/stageSlice'
import { placeCall } from '../call/callSlice'
import { Button } from '../components/Button'
import { nextRow } from '../components/nextRow'
import { t } from '../text/text'
import { HistoryRow } from './HistoryRow'
import './HistoryList.css'
import { loadHistory, markSeen, selectHistory } from './historySlice'
import { useNow } from './useNow'

/** 64 px, and more where text is larger. */
const ROW_HEIGHT_REM = 4
/** Rows before the end of what is loaded at which the next page is asked for. */
const AHEAD = 12

/** The calls, newest first; however many there are, only those in sight exist. */
export function HistoryList() {
  const dispatch = useAppDispatch()
  const { entries, next, phase, filter } = useAppSelector(selectHistory)
  const selection = useAppSelector(selectSelection)
  const selectedId = selection.kind === 'call' ? selection.callId : null
  const [reachableId, setReachableId] = useState<string | null>(null)
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const [rowHeight] = useState(
    () => ROW_HEIGHT_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  )
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => entries[index]?.call.id ?? index,
    overscan: 6,
  })
  const shown = rows.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0

  useEffect(() => {
    if (phase === 'stale') void dispatch(loadHistory('top'))
  }, [dispatch, phase])
  useEffect(() => {
    if (phase === 'shown' && next !== null && lastShown >= entries.length - AHEAD) {
      void dispatch(loadHistory('next'))
    }
  }, [dispatch, phase, next, lastShown, entries.length])

  const reachableIndex = Math.max(
    0,
    entries.findIndex(({ call }) => call.id === (reachableId ?? selectedId)),
  )

  const onKeyDown = (event: KeyboardEvent) => {
    const index = nextRow(event.key, reachableIndex, entries.length)
    const entry = index === null ? undefined : entries[index]
    if (index === null || entry === undefined) return
    event.preventDefault()
    setReachableId(entry.call.id)
    rows.scrollToIndex(index)
    // The row may have to be made first.
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-row="${entry.call.id}"]`)?.focus()
    })
  }

  if (phase === 'failed' && entries.length === 0) {
    return (
      <div className="history-empty">
        <p>{t('history.notLoaded')}</p>
        <Button onClick={() => dispatch(loadHistory('top'))}>{t('history.tryAgain')}</Button>
      </div>
    )
  }
  if (phase === 'shown' && entries.length === 0) {
    return (
      <div className="history-empty">
        <p>{t(filter === 'missed' ? 'history.noneMissed' : 'history.none')}</p>
        {filter === 'all' && <p className="history-empty-hint">{t('history.noneHint')}</p>}
      </div>
    )
  }
  return (
    <div ref={scroller} className="history-list" aria-busy={phase === 'loading'}>
      <ul aria-label={t('history.heading')} style={{ height: rows.getTotalSize() }} onKeyDown={onKeyDown}>
        {shown.map(({ index, key, start }) => {
          const entry = entries[index]
          if (entry === undefined) return null
          const { call, person } = entry
          const open = (select: typeof callSelected | typeof callPlayed) => {
            setReachableId(call.id)
            dispatch(select(call.id))
            if (!call.seen) void dispatch(markSeen(call.id))
          }
          return (
            <li
              key={key}
              aria-setsize={next === null ? entries.length : -1}
              aria-posinset={index + 1}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            >
              <HistoryRow
                entry={entry}
                now={now}
                selected={call.id === selectedId}
                reachable={index === reachableIndex}
                onOpen={() => open(callSelected)}
                onPlay={() => open(callPlayed)}
                onCall={(media) => dispatch(placeCall({ personId: person.id, media }))}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
