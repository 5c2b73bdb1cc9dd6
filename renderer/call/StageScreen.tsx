import { useState } from 'react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { useKnownPerson } from '../people/useKnownPerson'
import { PreviewScreen } from '../recorder/PreviewScreen'
import { RecorderScreen } from '../recorder/RecorderScreen'
import { recorderEvent, selectRecorder } from '../recorder/recorderSlice'
import { t } from '../text/text'
import { CallingScreen } from './CallingScreen'
import { selectCall } from './callSlice'
import { InCallScreen } from './InCallScreen'
import { LostScreen } from './LostScreen'
import { NoteEditor } from './NoteEditor'
import { OfferScreen } from './OfferScreen'
import { offerAfter } from './offer'
import type { StageMedia } from './useStageMedia'

/** What stands before the picture at this moment of the call. */
export function StageScreen({ media }: { media: StageMedia }) {
  const dispatch = useAppDispatch()
  const { current: call } = useAppSelector(selectCall)
  const recorder = useAppSelector(selectRecorder)
  const personId = recorder.phase === 'closed' ? call?.personId : recorder.target.personId
  const { person } = useKnownPerson(personId ?? null)
  const [notingId, setNotingId] = useState<string | null>(null)
  const them = { name: person?.name ?? t('call.someone'), address: person?.address ?? personId ?? '' }
  const offer = call === null ? null : offerAfter(call)

  if (recorder.phase === 'preview') return <PreviewScreen preview={recorder} them={them} />
  if (recorder.phase !== 'closed') {
    const audioLimitMs = offer?.limits.audio ?? null
    return (
      <>
        <h1 className="visually-hidden">{t('recorder.preview', { name: them.name })}</h1>
        <RecorderScreen recorder={recorder} media={media} audioLimitMs={audioLimitMs} />
      </>
    )
  }
  if (call === null) return null
  if (offer !== null && notingId === call.id) {
    return <NoteEditor callId={call.id} name={them.name} onCancel={() => setNotingId(null)} />
  }
  if (offer !== null) {
    return (
      <OfferScreen
        call={call}
        offer={offer}
        name={them.name}
        onRecord={(kind, limitMs) => {
          const target = { callId: call.id, personId: call.personId, kind, limitMs }
          dispatch(recorderEvent({ type: 'open', target }))
        }}
        onNote={() => setNotingId(call.id)}
      />
    )
  }
  switch (call.state.phase) {
    case 'dialing':
    case 'ringing':
    case 'connecting':
      return <CallingScreen call={call} them={them} media={media} />
    case 'connected':
      return <InCallScreen call={call} since={call.state.since} them={them} media={media} />
    case 'ended':
      return <LostScreen call={call} name={them.name} />
  }
}
