const PAGE = 8

/** Where a key moves the focus in a list of `count` rows; null for a key that does not move it. */
export function nextRow(key: string, from: number, count: number): number | null {
  const within = (index: number) => Math.min(Math.max(index, 0), count - 1)
  if (count === 0) return null
  switch (key) {
    case 'ArrowDown':
      return within(from + 1)
    case 'ArrowUp':
      return within(from - 1)
    case 'PageDown':
      return within(from + PAGE)
    case 'PageUp':
      return within(from - PAGE)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
