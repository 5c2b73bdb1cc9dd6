import type { Accepts } from '../../preload/contract/people'
import type { Settings } from '../../preload/contract/settings'
import { ACCEPTS_NOTHING } from './accepts'

/** How somebody stands to us: all that the rules ask. */
export type Standing = { contact: boolean; blocked: boolean; calledByUs: boolean }

/** Who may make this app ring. Blocked people can't, and must not learn it. */
export function mayRing(standing: Standing): boolean {
  return !standing.blocked
}

/** What somebody may leave when we don't answer: contacts and people whom we called, as the settings say. */
export function acceptsFor(standing: Standing, settings: Settings): Accepts {
  if (standing.blocked || !(standing.contact || standing.calledByUs)) return ACCEPTS_NOTHING
  return {
    video: settings.acceptVideoSeconds,
    audio: settings.acceptAudioSeconds,
    text: settings.acceptNotes,
    note: settings.note,
  }
}
