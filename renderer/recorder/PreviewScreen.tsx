import { Download, RotateCcw, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { Take } from '../../preload/contract/takes'
import { useAppDispatch } from '../app/hooks'
import { noticeShown } from '../app/noticesSlice'
import { callSelected } from '../app/stageSlice'
import { callLeft } from '../call/callSlice'
import { Avatar } from '../components/Avatar'
import { Button } from '../components/Button'
import { RoundButton } from '../components/RoundButton'
import { discardUnsent, sendUnsent } from '../history/unsentSlice'
import { t } from '../text/text'
import { reasonKey } from './captureWords'
import { DiscardDialog } from './DiscardDialog'
import './PreviewScreen.css'
import { RetakeDialog } from './RetakeDialog'
import { recorderEvent, saveTake } from './recorderSlice'
import type { RecorderState } from './recorderState'
import { asksBeforeRetake } from './retake'
import { TakePlayer } from './TakePlayer'
import { TakePreparing } from './TakePreparing'
import { useKeys } from './useKeys'

type PreviewScreenProps = {
  preview: Extract<RecorderState, { phase: 'preview' }>
  them: { name: string; address: string }
}

/** The take as it will be sent. Nothing has left the machine yet; each way on is one press away. */
export function PreviewScreen({ preview: { take, reason, sending }, them }: PreviewScreenProps) {
  const dispatch = useAppDispatch()
  const [asking, setAsking] = useState<'retake' | 'discard' | null>(null)
  const screen = useRef<HTMLElement>(null)
  const titleId = useId()
  const ready = take.state.phase === 'ready'
  const why = reasonKey(reason)
  // What had the focus is gone with the recorder; Return must mean Send, not a button by chance.
  useEffect(() => screen.current?.focus(), [])

  const discard = () => {
    dispatch(recorderEvent({ type: 'close' }))
    void dispatch(discardUnsent(take.id))
  }
  const retake = () => {
    dispatch(recorderEvent({ type: 'retake' }))
    void dispatch(discardUnsent(take.id))
  }
  const askRetake = () => (asksBeforeRetake(take.durationMs) ? setAsking('retake') : retake())
  const keep = () => {
    dispatch(recorderEvent({ type: 'close' }))
    dispatch(callLeft(take.callId))
  }
  const save = async () => {
    const saved = await dispatch(saveTake(take.id))
    if (!saveTake.fulfilled.match(saved)) return
    dispatch(noticeShown('status', 'recorder.saved', { fileName: saved.payload.fileName }))
  }
  const send = async () => {
    if (!ready || sending) return
    const sent = await dispatch(sendUnsent(take.id))
    if (!sendUnsent.fulfilled.match(sent)) return
    dispatch(callLeft(take.callId))
    dispatch(callSelected(take.callId))
  }
  useKeys({ Enter: () => void send(), Escape: () => setAsking('discard') })

  return (
    <section ref={screen} className="preview" tabIndex={-1} aria-labelledby={titleId}>
      <h1 id={titleId} className="visually-hidden">
        {t('recorder.preview', { name: them.name })}
      </h1>
      <div className="call-stage-close">
        <RoundButton
          icon={X}
          tone="overlay"
          label={t('components.close')}
          onClick={() => setAsking('discard')}
        />
      </div>
      <div className="preview-take">
        {ready ? (
          <TakePlayer key={take.id} take={take} />
        ) : (
          <TakePreparing take={take} onDiscard={() => setAsking('discard')} />
        )}
      </div>
      <footer className="preview-below">
        <p className="preview-words" role="status">
          {why !== null && `${t(why)} `}
          {t(onlyYouKey(take))}
        </p>
        <div className="preview-actions">
          <Button icon={RotateCcw} onClick={askRetake} disabled={sending}>
            {t('recorder.retake')}
          </Button>
          <Button icon={Download} onClick={() => void save()} disabled={!ready}>
            {t('recorder.save')}
          </Button>
          <Button
            tone="primary"
            className="preview-send"
            disabled={!ready || sending}
            onClick={() => void send()}
          >
            <Avatar name={them.name} address={them.address} size={24} />
            <span aria-hidden="true">{t('recorder.send')}</span>
            <span className="visually-hidden">{t('recorder.sendTo', { name: them.name })}</span>
          </Button>
        </div>
      </footer>
      {asking === 'retake' && (
        <RetakeDialog lengthMs={take.durationMs} onRetake={retake} onClose={() => setAsking(null)} />
      )}
      {asking === 'discard' && (
        <DiscardDialog onDiscard={discard} onKeep={keep} onClose={() => setAsking(null)} />
      )}
    </section>
  )
}

const onlyYouKey = ({ kind }: Take) => (kind === 'video' ? 'recorder.onlyYou' : 'recorder.onlyYouHear')
