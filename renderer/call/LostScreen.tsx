import { Phone } from 'lucide-react'
import type { Call } from '../../preload/contract/calls'
import { useAppDispatch } from '../app/hooks'
import { Button } from '../components/Button'
import { useKeys } from '../recorder/useKeys'
import { t } from '../text/text'
import { callLeft, placeCall } from './callSlice'

/** The connection broke or never came up: not a refusal, so no message is offered. */
export function LostScreen({ call, name }: { call: Call; name: string }) {
  const dispatch = useAppDispatch()
  const close = () => dispatch(callLeft(call.id))
  useKeys({ Escape: close })
  return (
    <div className="offer">
      <div className="offer-words" role="status">
        <h1 className="offer-title">{t('call.lostTitle')}</h1>
        <p className="offer-why">{t('call.lostHint', { name })}</p>
      </div>
      <div className="offer-below">
        <div className="offer-choices">
          <Button onClick={close}>{t('components.close')}</Button>
          <Button
            tone="primary"
            icon={Phone}
            onClick={() => void dispatch(placeCall({ personId: call.personId, media: call.media }))}
          >
            {t('call.callAgain')}
          </Button>
        </div>
      </div>
    </div>
  )
}
