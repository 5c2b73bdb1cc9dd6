import { FileText, Mic, Pin, Video } from 'lucide-react'
import { useState } from 'react'
import type { Message } from '../../preload/contract/messages'
import { Icon } from '../components/Icon'
import { Waveform } from '../components/Waveform'
import { t } from '../text/text'
import './MessageThumb.css'

/** A message at a glance: its poster, its waveform, or the sign of a note. */
export function MessageThumb({ message, bars = 18 }: { message: Message; bars?: number }) {
  const { content, id, kept } = message
  return (
    <span className={`message-thumb message-thumb-${content.kind}`}>
      {content.kind === 'video' && <Poster messageId={id} />}
      {content.kind === 'audio' &&
        (content.waveform.length > 0 ? <Waveform peaks={content.waveform} bars={bars} /> : <Icon of={Mic} />)}
      {content.kind === 'text' && <Icon of={FileText} />}
      {kept && (
        <span className="message-thumb-kept" role="img" aria-label={t('history.kept')}>
          <Icon of={Pin} size={12} />
        </span>
      )}
    </span>
  )
}

function Poster({ messageId }: { messageId: string }) {
  const [missing, setMissing] = useState(false)
  if (missing) return <Icon of={Video} />
  return <img src={`media://poster/${messageId}`} alt="" draggable={false} onError={() => setMissing(true)} />
}
