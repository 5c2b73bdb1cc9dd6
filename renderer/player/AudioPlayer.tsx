import { useRef } from 'react'
import type { Message } from '../../preload/contract/messages'
import { useAppDispatch } from '../app/hooks'
import { fileDrag } from '../app/messageRequests'
import { Waveform } from '../components/Waveform'
import { t } from '../text/text'
import { Broken } from './Broken'
import './AudioPlayer.css'
import { PlaybackBar, Scrubber } from './PlaybackBar'
import { playerKeys, useKeysWhilePlaying } from './playerKeys'
import { usePlayback } from './usePlayback'
import { usePlayedMark } from './usePlayedMark'
import { usePlayRequests } from './usePlayRequests'

type Audio = Extract<Message['content'], { kind: 'audio' }>

type AudioPlayerProps = { message: Message; content: Audio; name: string; plays: number }

/** An audio message: its waveform is the picture, and pressing it seeks. */
export function AudioPlayer({ message, content, name, plays }: AudioPlayerProps) {
  const dispatch = useAppDispatch()
  const audio = useRef<HTMLAudioElement>(null)
  const control = usePlayback(audio, content.durationMs / 1_000)
  const { playback, toggle, seek } = control
  usePlayedMark(message, playback.started)
  usePlayRequests(plays, toggle)
  useKeysWhilePlaying(control)
  if (playback.broken) return <Broken />
  return (
    <section
      className="audio-player"
      tabIndex={-1}
      data-player
      aria-label={t('player.audioOf', { name })}
      onKeyDown={playerKeys(control)}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: a personal message has no caption track */}
      <audio ref={audio} src={`media://message/${message.id}`} preload="metadata" />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a pointer's way; keys use the scrubber */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the scrubber below is the keyboard's way to seek */}
      <div
        className="audio-player-waveform"
        onClick={({ currentTarget, clientX }) => {
          const { left, width } = currentTarget.getBoundingClientRect()
          seek(((clientX - left) / width) * playback.duration)
        }}
        {...fileDrag(message, dispatch)}
      >
        <Waveform
          peaks={content.waveform}
          bars={96}
          progress={playback.duration > 0 ? playback.time / playback.duration : 0}
        />
      </div>
      <PlaybackBar control={control} tone="plain" scrubber={<Scrubber control={control} />} />
    </section>
  )
}
