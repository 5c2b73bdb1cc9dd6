import type { HistoryFilter } from '../../preload/contract/history'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { t } from '../text/text'
import './HistoryFilterChoice.css'
import { filterChosen, selectHistory } from './historySlice'

/** All or missed, each with what is new in it. */
export function HistoryFilterChoice() {
  const dispatch = useAppDispatch()
  const { filter, unseen } = useAppSelector(selectHistory)
  const choices: { value: HistoryFilter; words: string; name: string; count: number }[] = [
    {
      value: 'all',
      words: t('history.all'),
      name: t('history.allCount', { count: unseen.missedCalls + unseen.messages }),
      count: unseen.missedCalls + unseen.messages,
    },
    {
      value: 'missed',
      words: t('history.missed'),
      name: t('history.missedCount', { count: unseen.missedCalls }),
      count: unseen.missedCalls,
    },
  ]
  return (
    <fieldset className="history-filter">
      <legend className="visually-hidden">{t('history.filter')}</legend>
      {choices.map(({ value, words, name, count }) => (
        <label key={value}>
          <input
            type="radio"
            name="history-filter"
            className="visually-hidden"
            aria-label={count > 0 ? name : words}
            checked={filter === value}
            onChange={() => dispatch(filterChosen(value))}
          />
          <span>{words}</span>
          {count > 0 && <span className="history-filter-count">{count}</span>}
        </label>
      ))}
    </fieldset>
  )
}
