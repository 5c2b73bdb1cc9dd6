import { useEffect, useRef, useState } from 'react'
import { TextField } from '../components/TextField'

type TextSettingProps = {
  label: string
  hint: string
  value: string
  maxLength: number
  onChange: (value: string) => void
}

/** A line of text that is kept when the field is left, with Return, or when the sheet closes. */
export function TextSetting({ label, hint, value, maxLength, onChange }: TextSettingProps) {
  const [text, setText] = useState(value)
  const keep = useRef(() => {})
  keep.current = () => {
    if (text.trim() !== value) onChange(text.trim())
  }
  useEffect(() => () => keep.current(), [])
  return (
    <TextField
      label={label}
      hint={hint}
      maxLength={maxLength}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => keep.current()}
      onKeyDown={(event) => event.key === 'Enter' && keep.current()}
    />
  )
}
