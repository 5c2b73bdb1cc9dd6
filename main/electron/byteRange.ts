export type ByteRange =
  | { kind: 'whole' }
  /** Both ends are inclusive, as in `Content-Range`. */
  | { kind: 'part'; first: number; last: number }
  | { kind: 'unsatisfiable' }

/**
 * Reads a `Range` header for a file of `size` bytes. Several ranges, or another unit, may be answered with the
 * whole file (RFC 9110, 14.2), so they are.
 */
export function byteRange(header: string | null, size: number): ByteRange {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  const [from, to] = [match?.[1] ?? '', match?.[2] ?? '']
  if (!match || (from === '' && to === '')) return { kind: 'whole' }
  if (from === '') {
    const count = Math.min(Number(to), size)
    return count === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', first: size - count, last: size - 1 }
  }
  const first = Number(from)
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < first) return { kind: 'whole' }
  return first >= size ? { kind: 'unsatisfiable' } : { kind: 'part', first, last }
}
