import { Mic, MicOff, PhoneOff, Video, VideoOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Call } from '../../preload/contract/calls'
import type { Medium } from '../../preload/contract/ids'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { Avatar } from '../components/Avatar'
import { RoundButton } from '../components/RoundButton'
import { useSpeaker } from '../components/speaker'
import { CaptureNotice } from '../recorder/CaptureNotice'
import { selectSettings } from '../settings/settingsSlice'
import { formatLength, formatLengthInWords } from '../text/formats'
import { type TextKey, t } from '../text/text'
import { cameraSwitched, hangUp, microphoneSwitched, selectCall } from './callSlice'
import './InCallScreen.css'
import { SelfTile } from './SelfTile'
import { useNow } from './useNow'
import type { StageMedia } from './useStageMedia'
import { useStill } from './useStill'

const FADE_MS = 3_000

/** What it means when the other end says that it sends nothing of a medium. */
const switchedOff = {
  audio: 'call.theyMuted',
  video: 'call.theyShowNothing',
} satisfies Record<Medium, TextKey>

type InCallScreenProps = {
  call: Call
  since: number
  them: { name: string; address: string }
  media: StageMedia
}

/** Two people talk: the other's picture is the screen, everything else keeps out of its way. */
export function InCallScreen({ call, since, them, media }: InCallScreenProps) {
  const dispatch = useAppDispatch()
  const { cameraOn, microphoneOn } = useAppSelector(selectCall)
  const { camera, devices, theirs } = media
  const frame = useRef<HTMLDivElement>(null)
  const still = useStill(frame, FADE_MS)
  const seen = theirs.picture && !theirs.muted.includes('video')
  return (
    <div ref={frame} className="in-call" data-still={still}>
      <Their stream={theirs.stream} seen={seen} label={t('call.theirPicture', { name: them.name })} />
      {!seen && (
        <div className="call-stage-middle">
          <Avatar name={them.name} address={them.address} size={128} />
        </div>
      )}
      <header className="call-stage-top in-call-fades drag-region">
        <h1 className="call-stage-name">{them.name}</h1>
        <Duration since={since} />
        <p className="call-stage-line" role="status">
          {theirs.muted.map((medium) => (
            <span key={medium}>{t(switchedOff[medium], { name: them.name })} </span>
          ))}
        </p>
      </header>
      {camera !== null && <SelfTile track={camera} />}
      <footer className="call-stage-bottom in-call-fades">
        <CaptureNotice devices={devices} />
        <div className="call-stage-bar" role="toolbar" aria-label={t('call.callControls')}>
          <RoundButton
            icon={microphoneOn ? Mic : MicOff}
            tone="overlay"
            size={56}
            label={t('call.mute')}
            aria-pressed={!microphoneOn}
            onClick={() => dispatch(microphoneSwitched(!microphoneOn))}
          />
          <RoundButton
            icon={cameraOn ? Video : VideoOff}
            tone="overlay"
            size={56}
            label={t('call.cameraOff')}
            aria-pressed={!cameraOn}
            onClick={() => dispatch(cameraSwitched(!cameraOn))}
          />
          <RoundButton
            icon={PhoneOff}
            tone="danger"
            size={56}
            label={t('call.hangUp')}
            onClick={() => void dispatch(hangUp(call.id))}
          />
        </div>
      </footer>
    </div>
  )
}

function Duration({ since }: { since: number }) {
  const length = useNow(1_000) - since
  return (
    <p className="call-stage-line in-call-duration" role="timer">
      <span className="visually-hidden">{t('call.lasted', { length: formatLengthInWords(length) })}</span>
      <span aria-hidden="true">{formatLength(length)}</span>
    </p>
  )
}

/** A video element is silent until its first picture, and an audio call has none: sound has its own element. */
function Their({ stream, seen, label }: { stream: MediaStream | null; seen: boolean; label: string }) {
  const audio = useRef<HTMLAudioElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (audio.current !== null) audio.current.srcObject = stream
    if (video.current !== null) video.current.srcObject = stream
  }, [stream])
  const { speakerId } = useAppSelector(selectSettings)
  useSpeaker(audio, speakerId)
  return (
    <div className="in-call-theirs" data-seen={seen}>
      {/* biome-ignore lint/a11y/useMediaCaption: people who talk have no caption track */}
      <audio ref={audio} autoPlay />
      <video ref={video} autoPlay muted playsInline aria-label={label} />
    </div>
  )
}
