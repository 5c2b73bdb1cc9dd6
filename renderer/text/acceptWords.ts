import { formatLengthInWords } from './formats'
import { t } from './text'

/** Lengths that are offered, in seconds; 0 is not accepting this kind at all. */
export const ACCEPT_VIDEO_SECONDS = [0, 30, 60, 120, 180]
export const ACCEPT_AUDIO_SECONDS = [0, 60, 120, 180, 300]

/** `Up to 3 minutes`, `Not accepted`. */
export const acceptLengthWords = (seconds: number): string =>
  seconds === 0
    ? t('settings.notAccepted')
    : t('settings.upTo', { length: formatLengthInWords(seconds * 1_000) })

/** What is offered, with a value from elsewhere in its place. */
export const withValue = (offered: readonly number[], value: number): number[] =>
  [...new Set([...offered, value])].sort((one, other) => one - other)
