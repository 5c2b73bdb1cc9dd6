/** One or two letters for a name; `?` for none. Takes whole characters, so that no emoji is cut in half. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return (
    letters
      .map((word) => Array.from(word ?? '')[0] ?? '')
      .join('')
      .toLocaleUpperCase() || '?'
  )
}

/** A hue (0..359) that is always the same for an address. FNV-1a, for its spread over short texts; no olive (60..134). */
export function hueOf(address: string): number {
  let hash = 0x811c9dc5
  for (const unit of address) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193)
  return (135 + ((hash >>> 0) % 285)) % 360
}
