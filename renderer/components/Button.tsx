import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import './Button.css'
import { Icon } from './Icon'

type ButtonProps = ComponentProps<'button'> & {
  /** `primary` once on a screen; `quiet` has no background until it is pointed at. */
  tone?: 'plain' | 'primary' | 'danger' | 'quiet'
  icon?: LucideIcon
}

/** A button with words. */
export function Button({ tone = 'plain', icon, children, className = '', ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={`button button-${tone} ${className}`}>
      {icon && <Icon of={icon} size={18} />}
      <span>{children}</span>
    </button>
  )
}
