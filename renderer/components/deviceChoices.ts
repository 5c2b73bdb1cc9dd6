import { t } from '../text/text'

export type DeviceChoice = { value: string; label: string }

/** A device that was chosen once and is not plugged in now: the system's choice stands in. */
export const known = (id: string, choices: DeviceChoice[]): string =>
  choices.some(({ value }) => value === id) ? id : ''

export const withSystemChoice = (choices: DeviceChoice[]): DeviceChoice[] => [
  { value: '', label: t('components.systemChoice') },
  ...choices.map(({ value, label }) => ({ value, label: label || t('components.unnamedDevice') })),
]
