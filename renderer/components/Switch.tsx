import { type ReactNode, useId } from 'react'
import './Switch.css'

type SwitchProps = { label: string; hint?: ReactNode; checked: boolean; onChange: (checked: boolean) => void }

/** A setting that is on or off, with its words at the left. */
export function Switch({ label, hint, checked, onChange }: SwitchProps) {
  const id = useId()
  const hintId = useId()
  return (
    <div className="setting-row">
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={hintId} className="setting-hint">
            {hint}
          </p>
        )}
      </div>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className="switch"
        aria-describedby={hint ? hintId : undefined}
        checked={checked}
        aria-checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </div>
  )
}
