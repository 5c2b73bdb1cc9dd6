import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import './RoundButton.css'
import { Icon } from './Icon'

type RoundButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  icon: LucideIcon
  /** The accessible name; shown below the button when `labelled`, else as a tooltip. */
  label: string
  labelled?: boolean
  /** Pixels across: 28 in rows, 36 beside text, 48 in bars, 72 in the offer. */
  size?: 28 | 36 | 48 | 56 | 72
  /** `overlay` stands on a picture and brings its own scrim. */
  tone?: 'plain' | 'accent' | 'danger' | 'success' | 'overlay'
}

/** A round button with an icon. Pass `aria-pressed` for one that stays down. */
export function RoundButton({
  icon,
  label,
  labelled = false,
  size = 36,
  tone = 'plain',
  className = '',
  ...rest
}: RoundButtonProps) {
  const iconSize = { 28: 16, 36: 20, 48: 22, 56: 24, 72: 28 }[size]
  return (
    <button
      type="button"
      title={labelled ? undefined : label}
      aria-label={labelled ? undefined : label}
      {...rest}
      className={`round-button round-button-${tone} ${className}`}
    >
      <span className="round-button-disc" style={{ width: size, height: size }}>
        <Icon of={icon} size={iconSize} />
      </span>
      {labelled && <span className="round-button-label">{label}</span>}
    </button>
  )
}
