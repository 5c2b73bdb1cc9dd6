import { Phone, PhoneOff } from 'lucide-react'
import { useEffect } from 'react'
import type { Call } from '../../preload/contract/calls'
import type { Person } from '../../preload/contract/people'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { Avatar } from '../components/Avatar'
import { RoundButton } from '../components/RoundButton'
import { useKnownPerson } from '../people/useKnownPerson'
import { t } from '../text/text'
import './CallPanel.css'
import { answerCall, declineCall, loadCurrentCall, selectCall } from './callSlice'
import { useCallKeys } from './useCallKeys'
import { useTone } from './useTone'

/** The small window that rings. Nothing in it has the focus by itself, so that typing never answers a call. */
export function CallPanel() {
  const dispatch = useAppDispatch()
  const { ringing } = useAppSelector(selectCall)
  useEffect(() => {
    void dispatch(loadCurrentCall())
  }, [dispatch])
  useCallKeys()
  useTone(ringing === null ? null : 'ring')
  const { person, asked } = useKnownPerson(ringing?.personId ?? null)
  // Said once, with the name: main knows it within a moment.
  return ringing === null || !asked ? null : <RingingCall key={ringing.id} call={ringing} person={person} />
}

function RingingCall({ call, person }: { call: Call; person: Person | undefined }) {
  const dispatch = useAppDispatch()
  const name = person?.name ?? t('call.someone')
  return (
    <main className="call-panel drag-region" aria-label={t('call.incoming', { name })}>
      <Avatar name={name} address={person?.address ?? call.personId} size={56} />
      <div className="call-panel-words" role="alert">
        <h1 className="call-panel-name">{name}</h1>
        <p className="call-panel-kind">{t(call.media === 'video' ? 'call.videoCall' : 'call.audioCall')}</p>
      </div>
      <div className="call-panel-actions">
        <RoundButton
          icon={PhoneOff}
          tone="danger"
          size={48}
          labelled
          label={t('call.decline')}
          onClick={() => void dispatch(declineCall(call.id))}
        />
        <RoundButton
          icon={Phone}
          tone="success"
          size={48}
          labelled
          label={t('call.accept')}
          onClick={() => void dispatch(answerCall(call.id))}
        />
      </div>
      {call.state.phase === 'ringing' && <RingLine from={call.startedAt} until={call.state.until} />}
    </main>
  )
}

/** Runs down with the ring. */
function RingLine({ from, until }: { from: number; until: number }) {
  const style = {
    animationDuration: `${Math.max(1, until - from)}ms`,
    // Begins where it would be, had it run since the first ring.
    animationDelay: `${from - Date.now()}ms`,
  }
  return <div className="call-panel-line" style={style} aria-hidden="true" />
}
