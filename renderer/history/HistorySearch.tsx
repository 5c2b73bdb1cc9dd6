import { Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { selectSelection, stageLeft } from '../app/stageSlice'
import { Icon } from '../components/Icon'
import { RoundButton } from '../components/RoundButton'
import { t } from '../text/text'
import './HistorySearch.css'
import { searched, selectHistory } from './historySlice'

/** As much as the main process takes. */
const LONGEST = 200

/** Finds calls as one types; Ctrl+F comes here from anywhere, Esc shows everything again. */
export function HistorySearch({ onLeave }: { onLeave: () => void }) {
  const dispatch = useAppDispatch()
  const { search, phase, entries, next, newer } = useAppSelector(selectHistory)
  const selection = useAppSelector(selectSelection)
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const isFind = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 'f'
      // Behind a dialog nothing may take the focus.
      if (!isFind || document.querySelector('dialog[open]')) return
      event.preventDefault()
      const enter = () => {
        field.current?.focus()
        field.current?.select()
      }
      // In a narrow window the stage lies over the history.
      const covered = selection.kind !== 'nothing' && !field.current?.checkVisibility()
      if (covered) dispatch(stageLeft())
      if (covered) requestAnimationFrame(enter)
      else enter()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [dispatch, selection.kind])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && search !== '') dispatch(searched(''))
    else if (event.key === 'Escape' || event.key === 'ArrowDown') onLeave()
    else return
    event.preventDefault()
  }

  const count = entries.length
  const found = next || newer ? t('history.foundMore', { count }) : t('history.found', { count })
  return (
    <search className="history-search">
      <Icon of={Search} size={16} />
      <input
        ref={field}
        type="text"
        enterKeyHint="search"
        spellCheck={false}
        maxLength={LONGEST}
        aria-label={t('history.search')}
        aria-keyshortcuts="Control+F Meta+F"
        placeholder={t('history.searchHint')}
        value={search}
        onChange={(event) => dispatch(searched(event.currentTarget.value))}
        onKeyDown={onKeyDown}
      />
      {search !== '' && (
        <RoundButton
          icon={X}
          size={28}
          label={t('history.clearSearch')}
          onClick={() => {
            dispatch(searched(''))
            field.current?.focus()
          }}
        />
      )}
      <p className="visually-hidden" role="status">
        {search.trim() !== '' && phase === 'shown' ? found : ''}
      </p>
    </search>
  )
}
