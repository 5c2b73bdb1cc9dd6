import { Trash2, X } from 'lucide-react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { Button } from '../components/Button'
import { RoundButton } from '../components/RoundButton'
import { t } from '../text/text'
import { marksCleared, selectHistory } from './historySlice'
import './MarksBar.css'
import { hasMarks } from './marks'

/** Says how many calls are picked, and deletes them. */
export function MarksBar({ onDelete }: { onDelete: () => void }) {
  const dispatch = useAppDispatch()
  const { marks } = useAppSelector(selectHistory)
  const marked = hasMarks(marks)
  const { all, callIds } = marks
  const words = () => {
    if (!all) return t('history.marked', { count: callIds.length })
    return callIds.length === 0
      ? t('history.allMarked')
      : t('history.allMarkedBut', { count: callIds.length })
  }
  return (
    <div className="marks-bar" data-shown={marked}>
      <p role="status">{marked ? words() : ''}</p>
      {marked && (
        <>
          <Button tone="quiet" icon={Trash2} onClick={onDelete}>
            {t('history.delete')}
          </Button>
          <RoundButton
            icon={X}
            size={28}
            label={t('history.clearMarks')}
            onClick={() => dispatch(marksCleared())}
          />
        </>
      )}
    </div>
  )
}
