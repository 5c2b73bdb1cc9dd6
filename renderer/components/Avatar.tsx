import type { CSSProperties } from 'react'
import './Avatar.css'
import { hueOf, initials } from './initials'

type AvatarProps = {
  name: string
  address: string
  /** Pixels across. */
  size?: number
  /** Shows a dot: can be reached now, or not. Leave it out where nobody knows. */
  reachable?: boolean | null
}

/** Initials on a colour made from the address. Decoration: the name stands beside it. */
export function Avatar({ name, address, size = 40, reachable = null }: AvatarProps) {
  const style: CSSProperties & Record<'--hue', number> = {
    '--hue': hueOf(address),
    width: size,
    height: size,
    fontSize: size * 0.38,
  }
  return (
    <span className="avatar" style={style} aria-hidden="true">
      {initials(name)}
      {reachable && <span className="avatar-dot" />}
    </span>
  )
}
