import { X } from 'lucide-react'
import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { Button } from '../components/Button'
import { useModalLayer } from '../components/modalLayer'
import { RoundButton } from '../components/RoundButton'
import { undoDeletion } from '../history/deletion'
import { t } from '../text/text'
import './Notices.css'
import { type Notice, noticeClosed } from '../app/noticesSlice'

/** How long good news stays, in milliseconds. */
const STATUS_MS = 5_000
/** How long a deletion can be taken back: a little less than the main process waits. */
const UNDO_MS = 10_000

/** Sentences for the person, at the bottom, also over a dialog. Both regions are always there, so that each is read out once. */
export function Notices() {
  const notices = useAppSelector((state) => state.notices)
  const of = (tone: Notice['tone']) =>
    notices
      .filter((notice) => notice.tone === tone)
      .map((notice) => <NoticeLine key={notice.id} notice={notice} />)
  const { front } = useModalLayer()
  const regions = (
    <div className="notices">
      <div role="alert">{of('alert')}</div>
      <div role="status">{of('status')}</div>
    </div>
  )
  return front === null ? regions : createPortal(regions, front)
}

function NoticeLine({ notice: { id, tone, key, parameters, undo } }: { notice: Notice }) {
  const dispatch = useAppDispatch()
  useEffect(() => {
    if (tone === 'alert') return
    const timer = setTimeout(() => dispatch(noticeClosed(id)), undo === null ? STATUS_MS : UNDO_MS)
    return () => clearTimeout(timer)
  }, [dispatch, id, tone, undo])
  return (
    <div className="notice" data-tone={tone}>
      <p>{t(key, parameters)}</p>
      {undo !== null && (
        <Button tone="quiet" onClick={() => dispatch(undoDeletion(undo))}>
          {t('history.undo')}
        </Button>
      )}
      <RoundButton
        icon={X}
        size={28}
        label={t('components.close')}
        onClick={() => dispatch(noticeClosed(id))}
      />
    </div>
  )
}
