import type { Call, CallOutcome } from '../../preload/contract/calls'
import type { Medium } from '../../preload/contract/ids'
import type { Accepts } from '../../preload/contract/people'
import { longestMessageMs } from '../recorder/longestMessage'

/** The outcomes after which a message may be left: nobody talked. */
type MissedOutcome = Extract<CallOutcome, 'unanswered' | 'declined' | 'busy' | 'unreachable' | 'not-allowed'>

/** What can be left after a call that nobody answered. */
export type Offer = {
  outcome: MissedOutcome
  /** Longest message of each kind in milliseconds, null: this kind is not taken. */
  limits: Record<Medium, number | null>
  text: boolean
  /** What the person tells callers; empty: nothing. */
  note: string
  /** What is missing from the buttons, for the one sentence that says why. */
  missing: 'nothing' | 'everything' | 'recordings' | 'video' | 'audio' | 'text' | 'only-video' | 'only-audio'
}

function isMissed(outcome: CallOutcome): outcome is MissedOutcome {
  return (
    outcome === 'unanswered' ||
    outcome === 'declined' ||
    outcome === 'busy' ||
    outcome === 'unreachable' ||
    outcome === 'not-allowed'
  )
}

const nothing: Accepts = { video: 0, audio: 0, text: false, note: '' }
const anything: Accepts = {
  video: Number.POSITIVE_INFINITY,
  audio: Number.POSITIVE_INFINITY,
  text: true,
  note: '',
}

function missingFrom({ video, audio, text }: Accepts): Offer['missing'] {
  if (video === 0 && audio === 0) return text ? 'recordings' : 'everything'
  if (video === 0) return text ? 'video' : 'only-audio'
  if (audio === 0) return text ? 'audio' : 'only-video'
  return text ? 'nothing' : 'text'
}

/**
 * What to offer after this call; null when someone talked, the call was cancelled, or it was not ours. A person who
 * doesn't take our messages looks like one who takes none: nothing here tells a block from a setting.
 */
export function offerAfter(call: Call): Offer | null {
  const { state } = call
  if (call.direction !== 'out' || state.phase !== 'ended' || !isMissed(state.outcome)) return null
  const accepts = state.outcome === 'not-allowed' ? nothing : (state.accepts ?? anything)
  const limit = (kind: Medium) =>
    accepts[kind] > 0 ? Math.min(accepts[kind] * 1_000, longestMessageMs[kind]) : null
  return {
    outcome: state.outcome,
    limits: { video: limit('video'), audio: limit('audio') },
    text: accepts.text,
    note: accepts.note.trim(),
    missing: missingFrom(accepts),
  }
}
