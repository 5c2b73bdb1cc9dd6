import type { Message } from '../../preload/contract/messages'
import { assertNever } from '../app/assertNever'
import { AudioPlayer } from './AudioPlayer'
import { NoteView } from './NoteView'
import { VideoPlayer } from './VideoPlayer'

type MessagePlayerProps = {
  message: Message
  /** Who made it, for its accessible name. */
  name: string
  /** Grows when playing is asked for from outside. */
  plays: number
}

/** Plays a message, or shows it when it is a note. */
export function MessagePlayer({ message, name, plays }: MessagePlayerProps) {
  const { content } = message
  switch (content.kind) {
    case 'text':
      return <NoteView message={message} text={content.text} name={name} />
    case 'audio':
      return <AudioPlayer message={message} content={content} name={name} plays={plays} />
    case 'video':
      return <VideoPlayer message={message} content={content} name={name} plays={plays} />
    default:
      return assertNever(content)
  }
}
