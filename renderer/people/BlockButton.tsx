import { Ban } from 'lucide-react'
import type { Person } from '../../preload/contract/people'
import { useAppDispatch } from '../app/hooks'
import { Button } from '../components/Button'
import { t } from '../text/text'
import './BlockButton.css'
import { setBlocked } from './blockedSlice'

/** Blocks somebody, or says that they are blocked and lets them in again. */
export function BlockButton({ person: { id: personId, name, blocked } }: { person: Person }) {
  const dispatch = useAppDispatch()
  return (
    <div className="block-button">
      {blocked && <p role="status">{t('requests.isBlocked', { name })}</p>}
      <Button
        tone={blocked ? 'plain' : 'danger'}
        icon={Ban}
        aria-label={t(blocked ? 'requests.unblockName' : 'requests.blockName', { name })}
        onClick={() => dispatch(setBlocked({ personId, blocked: !blocked }))}
      >
        {t(blocked ? 'requests.unblock' : 'requests.block')}
      </Button>
    </div>
  )
}
