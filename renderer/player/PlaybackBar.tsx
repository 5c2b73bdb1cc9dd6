import { Maximize, Pause, PictureInPicture2, Play, Volume2, VolumeX } from 'lucide-react'
import type { ReactNode } from 'react'
import { RoundButton } from '../components/RoundButton'
import { Slider } from '../components/Slider'
import { formatLength, formatLengthInWords } from '../text/formats'
import { t } from '../text/text'
import './PlaybackBar.css'
import { type PlaybackControl, RATES } from './usePlayback'

type PlaybackBarProps = {
  control: PlaybackControl
  tone: 'plain' | 'overlay'
  /** Stands in for the plain scrubber. */
  scrubber?: ReactNode
  onFullScreen?: () => void
  onPictureInPicture?: () => void
}

/** Play, scrubber, time, speed and volume; on a picture also full screen and picture in picture. */
export function PlaybackBar({ control, tone, scrubber, onFullScreen, onPictureInPicture }: PlaybackBarProps) {
  const { playback, toggle, setRate, setVolume } = control
  const { playing, time, duration, rate, volume } = playback
  return (
    <div className={`playback-bar playback-bar-${tone}`}>
      <RoundButton
        icon={playing ? Pause : Play}
        label={t(playing ? 'player.pause' : 'player.play')}
        tone={tone}
        onClick={toggle}
      />
      <span className="playback-time">{formatLength(time * 1_000)}</span>
      {scrubber ?? <Scrubber control={control} />}
      <span className="playback-time">{formatLength(duration * 1_000)}</span>
      <select
        className="playback-rate"
        data-own-arrows
        aria-label={t('player.speed')}
        value={rate}
        onChange={(event) => setRate(Number(event.currentTarget.value))}
      >
        {RATES.map((value) => (
          <option key={value} value={value}>
            {t('player.times', { rate: value })}
          </option>
        ))}
      </select>
      <RoundButton
        icon={volume === 0 ? VolumeX : Volume2}
        label={t(volume === 0 ? 'player.unmute' : 'player.mute')}
        tone={tone}
        onClick={() => setVolume(volume === 0 ? 1 : 0)}
      />
      <div className="playback-volume" data-own-arrows>
        <Slider label={t('player.volume')} max={1} step={0.05} value={volume} onChange={setVolume} />
      </div>
      {onPictureInPicture && (
        <RoundButton
          icon={PictureInPicture2}
          label={t('player.pictureInPicture')}
          tone={tone}
          onClick={onPictureInPicture}
        />
      )}
      {onFullScreen && (
        <RoundButton icon={Maximize} label={t('player.fullScreen')} tone={tone} onClick={onFullScreen} />
      )}
    </div>
  )
}

/** Where the playing is; dragging seeks. Arrow keys are the player's own and jump farther than a pixel. */
export function Scrubber({ control: { playback, seek } }: { control: PlaybackControl }) {
  return (
    <Slider
      label={t('player.position')}
      valueText={t('player.positionOf', {
        time: formatLengthInWords(playback.time * 1_000),
        duration: formatLengthInWords(playback.duration * 1_000),
      })}
      max={playback.duration}
      step="any"
      value={playback.time}
      onChange={seek}
    />
  )
}
