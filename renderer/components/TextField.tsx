import { type ComponentProps, useId } from 'react'
import './Field.css'

type TextFieldProps = Omit<ComponentProps<'input'>, 'id' | 'type'> & {
  label: string
  hint?: string
  /** What is wrong with the value; read out when it appears. */
  problem?: string
}

/** One line of text with its label above, and a sentence below when something is wrong. */
export function TextField({ label, hint, problem, className = '', ...rest }: TextFieldProps) {
  const id = useId()
  const wordsId = useId()
  const words = problem ?? hint
  return (
    <div className={`text-field ${className}`}>
      <label htmlFor={id}>{label}</label>
      <input
        {...rest}
        id={id}
        type="text"
        aria-invalid={problem !== undefined}
        aria-describedby={words ? wordsId : undefined}
      />
      <p
        id={wordsId}
        className={problem ? 'field-problem' : 'setting-hint'}
        role={problem ? 'alert' : undefined}
      >
        {words}
      </p>
    </div>
  )
}
