import type { CallGone, PlaceCallFailure } from '../../preload/contract/calls'
import type { MessageGone, SendFailure } from '../../preload/contract/messages'
import type { AddFailure } from '../../preload/contract/people'
import type {
  AppendFailure,
  BeginTakeFailure,
  FinishFailure,
  SaveFailure,
} from '../../preload/contract/takes'
import type { TextKey } from '../text/text'

type FailureKind = (
  | AddFailure
  | AppendFailure
  | BeginTakeFailure
  | CallGone
  | FinishFailure
  | MessageGone
  | PlaceCallFailure
  | SaveFailure
  | SendFailure
  | { kind: 'already-delivered' }
)['kind']

/** A sentence for every failure that the contract knows; `null` is nothing to say (the person cancelled). */
const sentences: Record<FailureKind, TextKey | null> = {
  'already-contact': 'failures.alreadyContact',
  'already-delivered': 'failures.alreadyDelivered',
  'already-in-call': 'failures.alreadyInCall',
  'already-recording': 'failures.alreadyRecording',
  'bad-key': 'failures.badKey',
  'call-gone': 'failures.callGone',
  'call-unknown': 'failures.callGone',
  cancelled: null,
  'disk-full': 'failures.diskFull',
  'invite-malformed': 'failures.inviteMalformed',
  'message-gone': 'failures.messageGone',
  'not-accepted': 'failures.notAccepted',
  'not-ready': 'failures.notReady',
  'out-of-order': 'failures.unexpected',
  'own-address': 'failures.ownAddress',
  'person-unknown': 'failures.personUnknown',
  'take-unknown': 'failures.takeUnknown',
  'too-long': 'failures.tooLong',
  'too-short': 'failures.tooShort',
  'unsupported-type': 'failures.unsupportedType',
  unwritable: 'failures.unwritable',
}

const isKnown = (kind: string): kind is FailureKind => Object.hasOwn(sentences, kind)

/** The sentence for a failure, null when there is nothing to say, and a general one for what nobody expected. */
export function failureText(failure: unknown): TextKey | null {
  const kind =
    typeof failure === 'object' && failure !== null && 'kind' in failure && typeof failure.kind === 'string'
      ? failure.kind
      : ''
  return isKnown(kind) ? sentences[kind] : 'failures.unexpected'
}
