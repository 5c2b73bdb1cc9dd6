import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { callPlayed, callSelected, selectSelection } from '../app/stageSlice'
import { placeCall } from '../call/callSlice'
import { nextRow } from '../components/nextRow'
import { t } from '../text/text'
import { HistoryEmpty } from './HistoryEmpty'
import { HistoryRow } from './HistoryRow'
import './HistoryList.css'
import { callIdsOf, entriesOf, entryOf, findRow, type HistoryListRow, historyRows } from './historyRows'
import {
  allMarked,
  loadHistory,
  markSeen,
  marksCleared,
  marksSet,
  marksToggled,
  missesClosed,
  missesOpened,
  selectHistory,
} from './historySlice'
import { MarksBar } from './MarksBar'
import { hasMarks, markedBy } from './marks'
import { useListFocus } from './useListFocus'
import { useNow } from './useNow'
import { useRowDeletion } from './useRowDeletion'
import { useRowMenu } from './useRowMenu'
import { useStillList } from './useStillList'

/** 64 px, and more where text is larger. */
const ROW_HEIGHT_REM = 4
/** Rows before the end of what is loaded at which the next page is asked for. */
const AHEAD = 12

/** The calls, newest first; however many there are, only those in sight exist. */
export function HistoryList() {
  const dispatch = useAppDispatch()
  const history = useAppSelector(selectHistory)
  const { entries, newer, next, phase, filter, search, marks, opened } = history
  const selection = useAppSelector(selectSelection)
  const selectedId = selection.kind === 'call' ? selection.callId : null
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const [rowHeight] = useState(
    () => ROW_HEIGHT_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  )
  const rows = useMemo(() => historyRows(entries, new Set(opened)), [entries, opened])
  const isMarked = useMemo(() => markedBy(marks), [marks])
  const rowIsMarked = (row: HistoryListRow) => entriesOf(row).every(({ call }) => isMarked(call.id))
  const focus = useListFocus(rows, scroller, selectedId)
  const focusedRow = rows[focus.index]
  /** Where a range begins. */
  const [anchorId, setAnchorId] = useState<string | null>(null)
  /** The end of the list that is being read, to be focused once it is here. */
  const [going, setGoing] = useState<'top' | 'end' | null>(null)
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
    // The row with the focus stays, however far the wheel goes.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), focus.index])]
        .filter((index) => index < rows.length)
        .sort((one, other) => one - other),
  })
  useStillList(rows, scroller, rowHeight)
  const shown = list.getVirtualItems()
  const firstShown = list.range?.startIndex ?? 0
  const lastShown = list.range?.endIndex ?? 0

  useEffect(() => {
    if (phase === 'stale') void dispatch(loadHistory('top'))
  }, [dispatch, phase])
  useEffect(() => {
    if (phase !== 'shown') return
    if (next !== null && lastShown >= rows.length - AHEAD) void dispatch(loadHistory('next'))
    else if (newer !== null && firstShown <= AHEAD) void dispatch(loadHistory('newer'))
  }, [dispatch, phase, next, newer, firstShown, lastShown, rows.length])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0
  }, [filter, search])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when what was gone for is here
  useEffect(() => {
    const row = going === 'end' ? rows.at(-1) : rows[0]
    if (going === null || phase !== 'shown' || !row) return
    setGoing(null)
    goTo(row)
  }, [going, phase, rows])

  function goTo(row: HistoryListRow): void {
    list.scrollToIndex(findRow(rows, row.id))
    focus.focus(row.id)
  }

  /** Everything between the row where the range began and this one. */
  function markTo(row: HistoryListRow): void {
    const from = Math.max(0, findRow(rows, anchorId ?? focusedRow?.id ?? row.id))
    const to = findRow(rows, row.id)
    setAnchorId(rows[from]?.id ?? row.id)
    const callIds = callIdsOf(rows.slice(Math.min(from, to), Math.max(from, to) + 1))
    dispatch(marksSet({ all: false, callIds }))
  }

  function toggleMark(row: HistoryListRow): void {
    // The row that one came from is picked as well, as in every list.
    const others = !hasMarks(marks) && focusedRow && focusedRow.id !== row.id ? [focusedRow] : []
    dispatch(marksToggled(callIdsOf([...others, row])))
    setAnchorId(row.id)
  }

  function open(row: HistoryListRow, select: typeof callSelected | typeof callPlayed): void {
    focus.choose(row.id)
    setAnchorId(row.id)
    if (hasMarks(marks)) dispatch(marksCleared())
    dispatch(select(entryOf(row).call.id))
    for (const { call } of entriesOf(row)) if (!call.seen) void dispatch(markSeen(call.id))
  }

  const onClick = (row: HistoryListRow, event: MouseEvent) => {
    if (event.shiftKey) markTo(row)
    else if (event.ctrlKey || event.metaKey) toggleMark(row)
    else return open(row, callSelected)
    focus.choose(row.id)
  }

  const toggleMisses = (row: HistoryListRow) => {
    if (row.kind !== 'misses') return
    dispatch((row.open ? missesClosed : missesOpened)(callIdsOf([row])))
  }

  const { remove, removePicked, undoLast } = useRowDeletion({ rows, focus, rowIsMarked })

  const menu = useRowMenu({
    words(row) {
      if (!hasMarks(marks) || !rowIsMarked(row)) return t('history.delete')
      if (marks.all) return t('history.deleteAllMarked')
      return t('history.deleteMarked', { count: marks.callIds.length })
    },
    run: (row) => void remove(row),
  })
  const onMenu = (row: HistoryListRow, event: MouseEvent) => {
    if (hasMarks(marks) && !rowIsMarked(row)) dispatch(marksCleared())
    focus.focus(row.id)
    void menu(row, event)
  }

  /** Whether the key meant something here. */
  function press({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    if (altKey || !focusedRow) return false
    const row = focusedRow
    if (ctrlKey || metaKey) {
      if (key === 'a') dispatch(allMarked())
      else if (key === ' ') toggleMark(row)
      else return key === 'z' && undoLast()
      return true
    }
    if (key === 'Delete' || (key === 'Backspace' && !shiftKey)) void remove(row)
    else if (key === 'Escape' && hasMarks(marks)) dispatch(marksCleared())
    else if (key === 'ArrowRight' && row.kind === 'misses' && !row.open) toggleMisses(row)
    else if (key === 'ArrowLeft' && row.kind === 'misses' && row.open) toggleMisses(row)
    else return move(key, shiftKey)
    return true
  }

  function move(key: string, shiftKey: boolean): boolean {
    const far = key === 'End' ? next !== null : key === 'Home' && newer !== null
    if (far && !shiftKey) {
      const from = key === 'End' ? 'end' : 'top'
      setGoing(from)
      void dispatch(loadHistory(from))
      return true
    }
    const index = nextRow(key, focus.index, rows.length)
    const row = index === null ? undefined : rows[index]
    if (!row) return false
    if (shiftKey) markTo(row)
    else {
      setAnchorId(row.id)
      if (hasMarks(marks)) dispatch(marksCleared())
    }
    goTo(row)
    return true
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (press(event)) event.preventDefault()
  }

  return (
    <>
      <MarksBar onDelete={() => void removePicked()} />
      {rows.length === 0 && <HistoryEmpty />}
      <div
        ref={scroller}
        className="history-list"
        hidden={rows.length === 0}
        aria-busy={phase === 'loading'}
        {...focus.follow}
      >
        <ul aria-label={t('history.heading')} style={{ height: list.getTotalSize() }} onKeyDown={onKeyDown}>
          {shown.map(({ index, key, start }) => {
            const row = rows[index]
            if (row === undefined) return null
            return (
              <li
                key={key}
                aria-setsize={next === null && newer === null ? rows.length : -1}
                // What is above a list that was entered at its end is not counted.
                aria-posinset={newer === null ? index + 1 : undefined}
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              >
                <HistoryRow
                  row={row}
                  now={now}
                  selected={row.kind === 'call' && row.entry.call.id === selectedId}
                  marked={rowIsMarked(row)}
                  reachable={index === focus.index}
                  onOpen={(event) => onClick(row, event)}
                  onPlay={() => open(row, callPlayed)}
                  onCall={(media) => dispatch(placeCall({ personId: entryOf(row).person.id, media }))}
                  onToggle={() => toggleMisses(row)}
                  onMenu={(event) => onMenu(row, event)}
                />
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}
