import type { CallGone, PlaceCallFailure } from '../../preload/contract/calls'
import type { MessageGone, SendFailure } from '../../preload/contract/messages'
import type { AddAddressFailure, ImportFailure } from '../../preload/contract/people'
import type {
  AppendFailure,
  BeginTakeFailure,
  FinishFailure,
  SaveFailure,
} from '../../preload/contract/takes'
import type { TextKey, TextParameters } from '../text/text'

type FailureKind = (
  | AddAddressFailure
  | AppendFailure
  | BeginTakeFailure
  | CallGone
  | FinishFailure
  | ImportFailure
  | MessageGone
  | PlaceCallFailure
  | SaveFailure
  | SendFailure
  | { kind: 'already-delivered' }
  | { kind: 'too-late' }
  | { kind: 'last-address' }
  | { kind: 'request-gone' }
)['kind']

/** A sentence for every failure that the contract knows; `null` is nothing to say (the person cancelled). */
const sentences: Record<FailureKind, TextKey | null> = {
  'address-blocked': 'failures.addressBlocked',
  'already-contact': 'failures.alreadyContact',
  'already-delivered': 'failures.alreadyDelivered',
  'already-importing': 'failures.alreadyImporting',
  'already-in-call': 'failures.alreadyInCall',
  'already-recording': 'failures.alreadyRecording',
  'bad-key': 'failures.badKey',
  'call-gone': 'failures.callGone',
  'call-unknown': 'failures.callGone',
  cancelled: null,
  'disk-full': 'failures.diskFull',
  'file-too-large': 'failures.fileTooLarge',
  'file-unreadable': 'failures.fileUnreadable',
  'invite-malformed': 'failures.inviteMalformed',
  'last-address': 'failures.lastAddress',
  'message-gone': 'failures.messageGone',
  'not-accepted': 'failures.notAccepted',
  'not-contacts': 'failures.notContacts',
  'not-ready': 'failures.notReady',
  'out-of-order': 'failures.unexpected',
  'own-address': 'failures.ownAddress',
  'person-unknown': 'failures.personUnknown',
  'request-gone': 'failures.requestGone',
  'take-unknown': 'failures.takeUnknown',
  'too-late': 'failures.tooLate',
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

/** Whom the failure's sentence names, where it names somebody. */
export function failureParameters(failure: unknown): TextParameters {
  const name = typeof failure === 'object' && failure !== null && 'name' in failure ? failure.name : undefined
  return typeof name === 'string' ? { name } : {}
}
