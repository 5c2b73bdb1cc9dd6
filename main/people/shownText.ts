/** Longest name that somebody may give themselves, in UTF-16 code units. */
const LONGEST_NAME = 100
/** Longest one that we give. */
const LONGEST_CONTACT_NAME = 500
/** So much longer is a text before its cleaning at most. */
const SLACK = 10

// Line breaks and other controls, characters that turn the reading direction, and ones that cannot be seen:
// with them one name can pose as another, or as part of the screen. Joiners (U+200C, U+200D) stay: scripts need them.
const DECEIVING =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/gu
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/** One line that came from somebody else, safe to show; '' when nothing of it can be seen. */
export function cleanLine(line: string, longest: number): string {
  const clean = line
    .slice(0, SLACK * longest)
    .replace(DECEIVING, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (!VISIBLE.test(clean)) return ''
  // A cut in the middle of a surrogate pair leaves half a character behind.
  return clean
    .slice(0, longest)
    .replace(/[\ud800-\udbff]$/, '')
    .trim()
}

/** What to call somebody who gave no name that can be shown. */
export function nameFor(name: string, address: string): string {
  return cleanLine(name, LONGEST_NAME) || address.slice(0, Math.max(1, address.indexOf('@'))).slice(0, 8)
}

/** The name that we give to a contact, kept whole; without one, what their address is known by. */
export function contactName(name: string, address: string): string {
  const fallback = address.endsWith('@nearby.invalid') ? nameFor('', address) : address
  return cleanLine(name, LONGEST_CONTACT_NAME) || fallback
}
