import type { Call } from '../../preload/contract/calls'
import type { TextKey } from '../text/text'
import type { Offer } from './offer'

/** One line of why, where the person left no note to callers. */
const why: Record<Offer['outcome'], TextKey> = {
  unanswered: 'call.unanswered',
  declined: 'call.declined',
  busy: 'call.busy',
  unreachable: 'call.unreachable',
  'not-allowed': 'call.notAllowed',
}

const missing: Record<Offer['missing'], TextKey | null> = {
  nothing: null,
  everything: 'call.missingEverything',
  recordings: 'call.missingRecordings',
  video: 'call.missingVideo',
  audio: 'call.missingAudio',
  text: 'call.missingText',
  'only-video': 'call.missingOnlyVideo',
  'only-audio': 'call.missingOnlyAudio',
}

export const whyKey = ({ outcome }: Offer): TextKey => why[outcome]
/** Why a button is absent; null when none is. */
export const missingKey = (offer: Offer): TextKey | null => missing[offer.missing]

/** How far a call that is not yet talking has come. */
export function progressKey({ state }: Call): TextKey {
  if (state.phase === 'dialing') return 'call.calling'
  return state.phase === 'ringing' ? 'call.ringing' : 'call.connecting'
}
