import { Pause, Play } from 'lucide-react'
import { useRef } from 'react'
import type { Take } from '../../preload/contract/takes'
import { RoundButton } from '../components/RoundButton'
import { Waveform } from '../components/Waveform'
import { Scrubber } from '../player/PlaybackBar'
import { usePlayback } from '../player/usePlayback'
import { formatLength } from '../text/formats'
import { t } from '../text/text'
import { useKeys } from './useKeys'

/** Plays the very file that will be sent: not mirrored, with its sound. */
export function TakePlayer({ take }: { take: Take }) {
  const media = useRef<HTMLVideoElement>(null)
  const control = usePlayback(media, take.durationMs / 1_000)
  const { playback, toggle, seek } = control
  useKeys({
    ' ': toggle,
    ArrowLeft: () => seek(playback.time - 5),
    ArrowRight: () => seek(playback.time + 5),
  })
  if (playback.broken) {
    return (
      <p className="take-preparing" role="alert">
        {t('recorder.playFailed')}
      </p>
    )
  }
  return (
    <div className="take-player">
      {/* biome-ignore lint/a11y/useMediaCaption: a recording just made has no caption track */}
      <video
        ref={media}
        className="take-player-picture"
        data-kind={take.kind}
        src={`media://take/${take.id}`}
        preload="auto"
        playsInline
        onClick={toggle}
      />
      {take.kind === 'audio' && (
        <div className="take-player-waveform">
          <Waveform
            peaks={take.waveform ?? []}
            progress={playback.duration > 0 ? playback.time / playback.duration : 0}
          />
        </div>
      )}
      <div className="take-player-bar">
        <RoundButton
          icon={playback.playing ? Pause : Play}
          tone="overlay"
          label={t(playback.playing ? 'recorder.pausePlaying' : 'recorder.play')}
          onClick={toggle}
        />
        <span>{formatLength(playback.time * 1_000)}</span>
        <Scrubber control={control} />
        <span>{formatLength(playback.duration * 1_000)}</span>
      </div>
    </div>
  )
}
