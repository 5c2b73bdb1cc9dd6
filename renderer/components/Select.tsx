import { useId } from 'react'
import './Field.css'

type SelectProps = {
  label: string
  value: string
  options: { value: string; label: string }[]
  onChange: (value: string) => void
  disabled?: boolean
}

/** One of a few, by the system's own menu, with its words at the left. */
export function Select({ label, value, options, onChange, disabled = false }: SelectProps) {
  const id = useId()
  return (
    <div className="setting-row">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
