import { Mic, PencilLine, Phone, Video, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Call } from '../../preload/contract/calls'
import type { Medium } from '../../preload/contract/ids'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { RoundButton } from '../components/RoundButton'
import { useKeys } from '../recorder/useKeys'
import { changeSettings, selectSettings } from '../settings/settingsSlice'
import { t } from '../text/text'
import { callLeft, placeCall } from './callSlice'
import { missingKey, whyKey } from './callWords'
import './OfferScreen.css'
import type { Offer } from './offer'

type OfferScreenProps = {
  call: Call
  offer: Offer
  name: string
  onRecord: (kind: Medium, limitMs: number) => void
  onNote: () => void
}

/** Nobody answered: what can be left instead. Closing it sends nothing. */
export function OfferScreen({ call, offer, name, onRecord, onNote }: OfferScreenProps) {
  const dispatch = useAppDispatch()
  const { emergencyNoteSeen } = useAppSelector(selectSettings)
  const choices = useRef<HTMLDivElement>(null)
  const { video, audio } = offer.limits
  const missing = missingKey(offer)

  // Return takes the first choice, and a screen reader begins here.
  useEffect(() => choices.current?.querySelector('button')?.focus({ preventScroll: true }), [])

  const leave = (next: () => void) => () => {
    if (!emergencyNoteSeen) void dispatch(changeSettings({ emergencyNoteSeen: true }))
    next()
  }
  const recordVideo = video === null ? null : leave(() => onRecord('video', video))
  const recordAudio = audio === null ? null : leave(() => onRecord('audio', audio))
  const close = leave(() => dispatch(callLeft(call.id)))
  useKeys({ Escape: close, ...(recordVideo === null ? {} : { Enter: recordVideo }) })

  return (
    <div className="offer">
      <div className="call-stage-close">
        <RoundButton icon={X} tone="overlay" label={t('components.close')} onClick={close} />
      </div>
      <div className="offer-words" role="status">
        <h1 className="offer-title">{t('call.unavailable', { name })}</h1>
        <p className="offer-why">
          {offer.note === '' ? t(whyKey(offer), { name }) : t('call.theirNote', { note: offer.note })}
        </p>
        {missing !== null && <p className="offer-why">{t(missing, { name })}</p>}
      </div>
      <div className="offer-below">
        <div ref={choices} className="offer-choices">
          {recordVideo && (
            <RoundButton
              icon={Video}
              size={72}
              tone="accent"
              labelled
              label={t('call.recordVideo')}
              onClick={recordVideo}
            />
          )}
          {recordAudio && (
            <RoundButton
              icon={Mic}
              size={72}
              tone="overlay"
              labelled
              label={t('call.recordAudio')}
              onClick={recordAudio}
            />
          )}
          {offer.text && (
            <RoundButton
              icon={PencilLine}
              size={72}
              tone="overlay"
              labelled
              label={t('call.writeNote')}
              onClick={leave(onNote)}
            />
          )}
          <RoundButton
            icon={Phone}
            size={72}
            tone="overlay"
            labelled
            label={t('call.callAgain')}
            onClick={leave(() => void dispatch(placeCall({ personId: call.personId, media: call.media })))}
          />
        </div>
        {!emergencyNoteSeen && offer.missing !== 'everything' && <p>{t('call.emergency')}</p>}
      </div>
    </div>
  )
}
