import type { HistoryFilter } from '../../preload/contract/history'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { Button } from '../components/Button'
import { type TextKey, t } from '../text/text'
import { loadHistory, selectHistory } from './historySlice'

const nothing: Record<HistoryFilter, TextKey> = {
  all: 'history.none',
  missed: 'history.noneMissed',
  messages: 'history.noneMessages',
  video: 'history.noneVideo',
  audio: 'history.noneAudio',
  notes: 'history.noneNotes',
  outgoing: 'history.noneOutgoing',
  unknown: 'history.noneUnknown',
}

/** Why there is nothing in the list. */
export function HistoryEmpty() {
  const dispatch = useAppDispatch()
  const { phase, filter, search } = useAppSelector(selectHistory)
  if (phase === 'failed') {
    return (
      <div className="history-empty">
        <p>{t('history.notLoaded')}</p>
        <Button onClick={() => dispatch(loadHistory('top'))}>{t('history.tryAgain')}</Button>
      </div>
    )
  }
  if (phase !== 'shown') return <div className="history-empty" />
  const searching = search.trim() !== ''
  const hint = searching ? 'history.nothingFoundHint' : filter === 'all' ? 'history.noneHint' : null
  return (
    <div className="history-empty">
      <p>{t(searching ? 'history.nothingFound' : nothing[filter])}</p>
      {hint && <p className="history-empty-hint">{t(hint)}</p>}
    </div>
  )
}
