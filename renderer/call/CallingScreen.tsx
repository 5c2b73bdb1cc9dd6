import { PhoneOff } from 'lucide-react'
import type { Call } from '../../preload/contract/calls'
import { useAppDispatch } from '../app/hooks'
import { Avatar } from '../components/Avatar'
import { RoundButton } from '../components/RoundButton'
import { CaptureNotice } from '../recorder/CaptureNotice'
import { t } from '../text/text'
import { hangUp } from './callSlice'
import { progressKey } from './callWords'
import type { StageMedia } from './useStageMedia'
import { useTone } from './useTone'

type CallingScreenProps = { call: Call; them: { name: string; address: string }; media: StageMedia }

/** Before anybody talks: who is called, how far it has come, and the way out. */
export function CallingScreen({ call, them, media }: CallingScreenProps) {
  const dispatch = useAppDispatch()
  useTone(call.state.phase === 'ringing' && call.direction === 'out' ? 'ringback' : null)
  return (
    <>
      <header className="call-stage-top drag-region">
        <h1 className="call-stage-name">{them.name}</h1>
        <p className="call-stage-line" role="status">
          {t(progressKey(call))}
        </p>
      </header>
      {media.camera === null && (
        <div className="call-stage-middle">
          <Avatar name={them.name} address={them.address} size={128} />
        </div>
      )}
      <footer className="call-stage-bottom">
        <CaptureNotice devices={media.devices} />
        <div className="call-stage-bar">
          <RoundButton
            icon={PhoneOff}
            tone="danger"
            size={56}
            labelled
            label={t('call.hangUp')}
            onClick={() => void dispatch(hangUp(call.id))}
          />
        </div>
      </footer>
    </>
  )
}
