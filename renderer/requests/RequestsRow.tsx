import { Inbox } from 'lucide-react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { requestsOpened, selectSelection } from '../app/stageSlice'
import { Icon } from '../components/Icon'
import { t } from '../text/text'
import './RequestsRow.css'
import { selectRequests } from './requestsSlice'

/** The way to what strangers want, as long as there is something. It says nothing by itself. */
export function RequestsRow() {
  const dispatch = useAppDispatch()
  const { length: count } = useAppSelector(selectRequests)
  const open = useAppSelector(selectSelection).kind === 'requests'
  if (count === 0) return null
  return (
    <button
      type="button"
      className="requests-row"
      aria-current={open ? 'page' : undefined}
      onClick={() => dispatch(requestsOpened())}
    >
      <Icon of={Inbox} size={18} />
      <span className="requests-row-title">{t('requests.title')}</span>
      <span className="requests-row-count" aria-hidden="true">
        {count}
      </span>
      <span className="visually-hidden">{t('requests.count', { count })}</span>
    </button>
  )
}
