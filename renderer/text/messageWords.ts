import type { Message, SendProblem } from '../../preload/contract/messages'
import { assertNever } from '../app/assertNever'
import { formatLength, formatPercent } from './formats'
import { type TextKey, t } from './text'

/** `Video message, 0:24`; a note is its own words. */
export function messageWords({ content }: Message): string {
  switch (content.kind) {
    case 'text':
      return t('history.note', { text: content.text })
    case 'audio':
      return t('history.audioMessage', { length: formatLength(content.durationMs) })
    case 'video':
      return t('history.videoMessage', { length: formatLength(content.durationMs) })
    default:
      return assertNever(content)
  }
}

const problems: Record<SendProblem, TextKey> = {
  'not-accepted': 'history.whyNotAccepted',
  'file-lost': 'history.whyFileLost',
  'disk-full': 'history.whyDiskFull',
  damaged: 'history.whyDamaged',
  network: 'history.whyNetwork',
}

/** Where our own message stands, or how far a message for us has come; null when there is nothing to say. */
export function deliveryWords({ state, direction }: Message, name: string): string | null {
  switch (state.phase) {
    case 'waiting':
      return t('history.waiting', { name })
    case 'sending':
      return t('history.sending', { percent: formatPercent(state.progress) })
    case 'stored':
      return t('history.stored')
    case 'delivered':
      return t('history.delivered')
    case 'played':
      return direction === 'out' ? t('history.played') : null
    case 'failed':
      return t(direction === 'out' ? 'history.couldNotSend' : 'history.couldNotArrive', {
        why: t(problems[state.problem], { name }),
      })
    case 'fetching':
      return t('history.fetching', { percent: formatPercent(state.progress) })
    case 'unplayed':
      return null
    default:
      return assertNever(state)
  }
}

/** A message that our person has not played or read yet. */
export const isUnplayed = ({ direction, state }: Message): boolean =>
  direction === 'in' && state.phase === 'unplayed'

/** Playable now: what we sent, and what has arrived whole. */
export const isHere = ({ direction, state }: Message): boolean =>
  direction === 'out' || state.phase === 'unplayed' || state.phase === 'played'
