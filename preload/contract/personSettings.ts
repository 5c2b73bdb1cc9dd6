import { z } from 'zod'
import type { InputSchemas } from './channels'
import { id } from './ids'
import type { Result } from './result'
import { keepRule } from './storage'

/** Where one person differs from the settings; null is as for everybody. */
const personSettings = z.strictObject({
  /** What they may leave: longest video and audio in seconds, 0 is none. */
  acceptVideoSeconds: z.int().min(0).max(180).nullable(),
  acceptAudioSeconds: z.int().min(0).max(300).nullable(),
  acceptNotes: z.boolean().nullable(),
  keepMessages: keepRule.nullable(),
})
export type PersonSettings = z.infer<typeof personSettings>

/** One person's settings by themselves; a stored value that does not pass counts as null. */
export const personSettingSchemas = personSettings.shape

const aPerson = z.strictObject({ personId: id })
const change = z.strictObject({ personId: id, change: personSettings.partial() })

export type PersonSettingsRequests = {
  'personSettings/get': (input: z.infer<typeof aPerson>) => PersonSettings
  'personSettings/change': (
    input: z.infer<typeof change>,
  ) => Result<PersonSettings, { kind: 'person-unknown' }>
}
export const personSettingsInputs = {
  'personSettings/get': aPerson,
  'personSettings/change': change,
} satisfies InputSchemas<PersonSettingsRequests>
