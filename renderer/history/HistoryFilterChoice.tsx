import { useEffect } from 'react'
import type { FilterNews, HistoryFilter } from '../../preload/contract/history'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { type TextKey, t } from '../text/text'
import './HistoryFilterChoice.css'
import { filterChosen, loadFilters, selectHistory } from './historySlice'

const words: Record<HistoryFilter, TextKey> = {
  all: 'history.all',
  missed: 'history.missed',
  messages: 'history.messages',
  video: 'history.videoMessages',
  audio: 'history.audioMessages',
  notes: 'history.notes',
  outgoing: 'history.outgoing',
  unknown: 'history.unknown',
}
const KINDS: readonly HistoryFilter[] = ['video', 'audio', 'notes']

/** Which calls to show, by the system's own menu; each entry says how much of it is new. */
export function HistoryFilterChoice() {
  const dispatch = useAppDispatch()
  const { filter, filters } = useAppSelector(selectHistory)
  useEffect(() => {
    void dispatch(loadFilters())
  }, [dispatch])
  // What is shown now stays in the menu, also when nothing is left in it.
  const missing = filters.some((offered) => offered.filter === filter) ? [] : [{ filter, unseen: 0 }]
  return (
    <select
      className="history-filter"
      aria-label={t('history.filter')}
      value={filter}
      onChange={({ currentTarget: { value } }) => {
        const chosen = filters.find((offered) => offered.filter === value)
        if (chosen) dispatch(filterChosen(chosen.filter))
      }}
    >
      {[...filters, ...missing].map((offered) => (
        <option key={offered.filter} value={offered.filter}>
          {label(offered)}
        </option>
      ))}
    </select>
  )
}

function label({ filter, unseen }: FilterNews): string {
  const name = t(words[filter])
  const counted = unseen > 0 ? t('history.filterCount', { name, count: unseen }) : name
  // The kinds of messages stand below Messages, set in; a menu of the system knows spaces only.
  return KINDS.includes(filter) ? `\u2003${counted}` : counted
}
