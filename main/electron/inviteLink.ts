const LONGEST_LINK = 2_000
/** Browsers and systems may add slashes and change case on the way. */
const INVITE = /^aftertone:(?:\/\/)?add\/?\?[\x21-\x7e]+$/i

/**
 * An `aftertone:add?…` link as it stands, or null. Only the shape is checked here, strictly, since any page of any
 * browser can open one; the people service reads and judges what it says, and a person confirms it.
 */
export function readInviteLink(text: string): string | null {
  if (text.length > LONGEST_LINK || !INVITE.test(text)) return null
  return URL.canParse(text) ? text : null
}
