import type { HistoryEntry } from '../../preload/contract/history'
import { callWords, isMissed } from '../text/callWords'
import { deliveryWords, messageWords } from '../text/messageWords'
import { t } from '../text/text'

export type EntrySign = 'in' | 'out' | 'missed' | 'done' | 'failed'
type EntryTone = 'quiet' | 'missed' | 'busy' | 'failed'

/** Misses in a row of one person: `Missed video call (3)`, or `3 missed` where both kinds are among them. */
export function missesWords(misses: HistoryEntry[]): ReturnType<typeof entryWords> {
  const count = misses.length
  const isVideo = misses.map(({ call }) => call.media === 'video')
  const words = isVideo.every(Boolean)
    ? t('history.missedVideoCount', { count })
    : isVideo.some(Boolean)
      ? t('history.missedCountMixed', { count })
      : t('history.missedAudioCount', { count })
  return { words, sign: 'missed', tone: 'missed' }
}

/** The one line of a history row, its sign, and how loud it is. Our newest message says where it stands. */
export function entryWords({ call, person, messages, messageRemoved }: HistoryEntry): {
  words: string
  /** Null where the picture beside it says it. */
  sign: EntrySign | null
  tone: EntryTone
} {
  const message = messages.at(-1)
  if (message?.direction === 'out') {
    const words = deliveryWords(message, person.name) ?? messageWords(message)
    switch (message.state.phase) {
      case 'failed':
        return { words, sign: 'failed', tone: 'failed' }
      case 'delivered':
      case 'played':
        return { words, sign: 'done', tone: 'quiet' }
      default:
        return { words, sign: 'out', tone: 'busy' }
    }
  }
  if (message) {
    const words = message.state.phase === 'fetching' ? deliveryWords(message, person.name) : null
    return { words: words ?? messageWords(message), sign: null, tone: 'quiet' }
  }
  // Someone who declined knows it; only what was really missed is loud.
  const loud = isMissed(call) && call.state.phase === 'ended' && call.state.outcome !== 'declined'
  const words = messageRemoved ? `${callWords(call)} · ${t('history.messageRemoved')}` : callWords(call)
  return { words, sign: loud ? 'missed' : call.direction, tone: loud ? 'missed' : 'quiet' }
}
