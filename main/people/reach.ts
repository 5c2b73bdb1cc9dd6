import type { Accepts } from '../../preload/contract/people'
import type { Settings } from '../../preload/contract/settings'
import { takesKind, takesLength } from './acceptedKinds'
import { isAvailable } from './availability'

/** How somebody stands to us: all that the rules ask. */
export type Standing = { contact: boolean; blocked: boolean; calledByUs: boolean; suggested: boolean }

/** What somebody wants of us. */
export type CallWish = { kind: 'call' }
export type MessageWish = { kind: 'text' } | { kind: 'audio' | 'video'; durationMs: number }

/** `silent`: kept as missed; `refuse`: leaves no trace. The caller hears the same of both. */
export type CallReach = 'ring' | 'silent' | 'refuse'
/** `request`: goes to the tray, unanswered. */
export type MessageReach = 'take' | 'request' | 'refuse'

export type ReachQuestion<Wish> = {
  wish: Wish
  standing: Standing
  /** As they are for this person. */
  settings: Settings
  /** Milliseconds since the epoch. */
  now: number
}

/** The one place that decides who can reach us: what becomes of a call, or of a message. */
export function reach(question: ReachQuestion<CallWish>): CallReach
export function reach(question: ReachQuestion<MessageWish>): MessageReach
export function reach({ wish, standing, settings, now }: ReachQuestion<CallWish | MessageWish>) {
  if (standing.blocked) return 'refuse'
  if (wish.kind === 'call') return callReach(standing, settings, now)
  if (!fits(wish, acceptsFor({ standing, settings, now }))) return 'refuse'
  return isKnown(standing) ? 'take' : 'request'
}

function callReach(standing: Standing, settings: Settings, now: number): CallReach {
  if (!isAvailable(settings, now)) return 'silent'
  if (standing.contact) return 'ring'
  if (settings.whoCanRing === 'contacts') return 'silent'
  return settings.silenceUnknown && !isKnown(standing) ? 'silent' : 'ring'
}

/** Whose messages are taken without asking. */
export const isKnown = ({ contact, calledByUs, suggested }: Standing): boolean =>
  contact || calledByUs || suggested

/** Whether a message is of a kind and length that we take. */
export const fits = (wish: MessageWish, accepts: Accepts): boolean =>
  wish.kind === 'text' ? takesKind(accepts, 'text') : takesLength(accepts, wish.kind, wish.durationMs)

/**
 * What somebody is told that they may leave. A block changes nothing of it, since it must not be noticed; the line
 * to callers is for people we know.
 */
export function acceptsFor({ standing, settings, now }: Omit<ReachQuestion<never>, 'wish'>): Accepts {
  return {
    video: settings.acceptVideoSeconds,
    audio: settings.acceptAudioSeconds,
    text: settings.acceptNotes,
    note: isKnown(standing) ? noteToCallers(settings, now) : '',
  }
}

/** Why we are not available now, or what we say at all times. */
function noteToCallers(settings: Settings, now: number): string {
  const away = isAvailable(settings, now) ? '' : settings.unavailableNote
  return away === '' ? settings.note : away
}
