import type { LucideIcon } from 'lucide-react'

/** One line weight and size for every icon; always beside or inside something that has a name. */
export function Icon({ of: Shape, size = 20 }: { of: LucideIcon; size?: number }) {
  return <Shape size={size} strokeWidth={1.75} aria-hidden="true" focusable="false" />
}
