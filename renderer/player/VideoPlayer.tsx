import { Play } from 'lucide-react'
import { type CSSProperties, useRef } from 'react'
import type { Message } from '../../preload/contract/messages'
import { useAppDispatch } from '../app/hooks'
import { fileDrag } from '../app/messageRequests'
import { useStill } from '../call/useStill'
import { RoundButton } from '../components/RoundButton'
import { t } from '../text/text'
import { Broken } from './Broken'
import { PlaybackBar } from './PlaybackBar'
import { playerKeys, useKeysWhilePlaying } from './playerKeys'
import { usePlayback } from './usePlayback'
import { usePlayedMark } from './usePlayedMark'
import { usePlayRequests } from './usePlayRequests'
import './VideoPlayer.css'

type Video = Extract<Message['content'], { kind: 'video' }>

type VideoPlayerProps = { message: Message; content: Video; name: string; plays: number }

/** The bar fades after this time without a movement, in milliseconds. */
const FADE_MS = 3_000

/** A video message: its poster first, then its picture with a bar that fades while it plays. */
export function VideoPlayer({ message, content, name, plays }: VideoPlayerProps) {
  const dispatch = useAppDispatch()
  const frame = useRef<HTMLElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const control = usePlayback(video, content.durationMs / 1_000)
  const { playback, toggle } = control
  usePlayedMark(message, playback.started)
  usePlayRequests(plays, toggle)
  useKeysWhilePlaying(control)
  const still = useStill(frame, FADE_MS)
  const start = () => {
    toggle()
    // Its button goes away; the keys go on from here.
    frame.current?.focus()
  }
  const shape: CSSProperties & Record<'--ratio', number> = { '--ratio': content.width / content.height }
  if (playback.broken) return <Broken />
  return (
    <section
      ref={frame}
      className="video-player"
      aria-label={t('player.videoOf', { name })}
      style={shape}
      tabIndex={-1}
      data-player
      data-playing={playback.playing}
      data-still={still}
      onKeyDown={playerKeys(control)}
    >
      <video
        ref={video}
        src={`media://message/${message.id}`}
        poster={`media://poster/${message.id}`}
        preload="metadata"
        playsInline
        onClick={toggle}
        {...fileDrag(message, dispatch)}
      />
      {!playback.started && (
        <div className="video-player-start">
          <RoundButton icon={Play} size={72} tone="overlay" label={t('player.playVideo')} onClick={start} />
        </div>
      )}
      {playback.started && (
        <div className="video-player-bar">
          <PlaybackBar
            control={control}
            tone="overlay"
            onFullScreen={() => void toggleFullScreen(frame.current)}
            onPictureInPicture={() => void togglePictureInPicture(video.current)}
          />
        </div>
      )}
    </section>
  )
}

/** A refusal (the person pressed Escape at once, say) leaves things as they are: nothing to tell. */
const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined)

const toggleFullScreen = (frame: HTMLElement | null) =>
  quietly(
    document.fullscreenElement ? document.exitFullscreen() : Promise.resolve(frame?.requestFullscreen()),
  )

const togglePictureInPicture = (video: HTMLVideoElement | null) =>
  quietly(
    document.pictureInPictureElement
      ? document.exitPictureInPicture()
      : Promise.resolve(video?.requestPictureInPicture()),
  )
