import { FileText, Mic, Video } from 'lucide-react'
import { useState } from 'react'
import type { Message } from '../../preload/contract/messages'
import { Icon } from '../components/Icon'
import { Waveform } from '../components/Waveform'
import './MessageThumb.css'

/** A message at a glance: its poster, its waveform, or the sign of a note. */
export function MessageThumb({ message, bars = 18 }: { message: Message; bars?: number }) {
  const { content, id } = message
  return (
    <span className={`message-thumb message-thumb-${content.kind}`}>
      {content.kind === 'video' && <Poster messageId={id} />}
      {content.kind === 'audio' &&
        (content.waveform.length > 0 ? <Waveform peaks={content.waveform} bars={bars} /> : <Icon of={Mic} />)}
      {content.kind === 'text' && <Icon of={FileText} />}
    </span>
  )
}

function Poster({ messageId }: { messageId: string }) {
  const [missing, setMissing] = useState(false)
  if (missing) return <Icon of={Video} />
  return <img src={`media://poster/${messageId}`} alt="" draggable={false} onError={() => setMissing(true)} />
}
