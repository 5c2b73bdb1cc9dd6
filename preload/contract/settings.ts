import { z } from 'zod'
import type { EventNames, InputSchemas } from './channels'
import { keepRule } from './storage'

const settings = z.strictObject({
  /** Our own name, as others see it. */
  name: z.string().trim().max(100),
  /** The first-run screens were finished or skipped. */
  welcomed: z.boolean(),
  /** How long a call rings at most, in seconds. */
  ringSeconds: z.int().min(20).max(90),
  /** Before a recording begins, in seconds; 0 is off. */
  countdownSeconds: z.int().min(0).max(10),
  /** What we take when we don't answer: longest video and audio in seconds, 0 is none. */
  acceptVideoSeconds: z.int().min(0).max(180),
  acceptAudioSeconds: z.int().min(0).max(300),
  acceptNotes: z.boolean(),
  /** One line that callers see when we don't answer. */
  note: z.string().max(200),
  playedReceipts: z.boolean(),
  /** Not available: nobody rings us. */
  available: z.boolean(),
  /** When "not available" is over by itself, in milliseconds since the epoch; null: when it is switched back. */
  unavailableUntil: z.int().min(0).nullable(),
  /** One line that callers see while we are not available; '': the usual one. */
  unavailableNote: z.string().max(200),
  whoCanRing: z.enum(['everyone', 'contacts']),
  /** Calls of people whom we don't know don't ring; they are in the history. */
  silenceUnknown: z.boolean(),
  look: z.enum(['system', 'light', 'dark']),
  cameraId: z.string().max(500),
  microphoneId: z.string().max(500),
  /** Where calls and messages are heard; '' is the system's choice, as for the others. */
  speakerId: z.string().max(500),
  /** What a notification says: all, who it is, or only that there is something. */
  notificationPreview: z.enum(['full', 'name', 'nothing']),
  /** For everybody without a rule of their own. */
  keepMessages: keepRule,
  /** "Not for emergencies" was read once. */
  emergencyNoteSeen: z.boolean(),
})
export type Settings = z.infer<typeof settings>

export const defaultSettings: Settings = {
  name: '',
  welcomed: false,
  ringSeconds: 45,
  countdownSeconds: 3,
  acceptVideoSeconds: 180,
  acceptAudioSeconds: 300,
  acceptNotes: true,
  note: '',
  playedReceipts: true,
  available: true,
  unavailableUntil: null,
  unavailableNote: '',
  whoCanRing: 'everyone',
  silenceUnknown: false,
  look: 'system',
  cameraId: '',
  microphoneId: '',
  speakerId: '',
  notificationPreview: 'full',
  keepMessages: 'forever',
  emergencyNoteSeen: false,
}

/** A setting's own schema; a stored value that does not pass falls back to its default. */
export const settingSchemas = settings.shape

const change = settings.partial()

export type SettingsRequests = {
  'settings/get': () => Settings
  'settings/change': (input: z.infer<typeof change>) => Settings
}
export const settingsInputs = {
  'settings/get': z.undefined(),
  'settings/change': change,
} satisfies InputSchemas<SettingsRequests>

export type SettingsEvents = { 'settings/changed': Settings }
export const settingsEvents = { 'settings/changed': true } satisfies EventNames<SettingsEvents>
