import type { Call } from '../../preload/contract/calls'
import { assertNever } from '../app/assertNever'
import { formatLength } from './formats'
import { t } from './text'

/** An incoming call that was not answered. */
export function isMissed({ direction, state }: Call): boolean {
  return direction === 'in' && state.phase === 'ended' && state.outcome !== 'answered'
}

/** What became of a call, in a few words. */
export function callWords(call: Call): string {
  const { state } = call
  switch (state.phase) {
    case 'dialing':
      return t('history.calling')
    case 'ringing':
      return t('history.ringing')
    case 'connecting':
      return t('history.connecting')
    case 'connected':
      return t('history.inCall')
    case 'ended':
      return call.direction === 'in' ? incomingWords(call, state) : outgoingWords(call, state)
    default:
      return assertNever(state)
  }
}

type Ended = Extract<Call['state'], { phase: 'ended' }>

function incomingWords({ media, late }: Call, { outcome, talkedMs }: Ended): string {
  const video = media === 'video'
  if (outcome === 'answered') return answeredWords(video, talkedMs)
  if (outcome === 'declined') return t(video ? 'history.declinedVideo' : 'history.declinedAudio')
  if (late) return t(video ? 'history.missedVideoLate' : 'history.missedAudioLate')
  return t(video ? 'history.missedVideo' : 'history.missedAudio')
}

const answeredWords = (video: boolean, talkedMs: number): string =>
  t(video ? 'history.videoCall' : 'history.audioCall', { length: formatLength(talkedMs) })

/** A decline and a refusal look like nobody being there: a block must not be told. */
function outgoingWords({ media }: Call, { outcome, talkedMs }: Ended): string {
  switch (outcome) {
    case 'answered':
      return answeredWords(media === 'video', talkedMs)
    case 'unanswered':
    case 'declined':
    case 'not-allowed':
      return t('history.notAvailable')
    case 'busy':
      return t('history.busy')
    case 'unreachable':
      return t('history.unreachable')
    case 'cancelled':
      return t('history.cancelled')
    case 'failed':
      return t('history.failed')
    default:
      return assertNever(outcome)
  }
}
