import type { Accepts } from '../../preload/contract/people'
import { formatLengthInWords } from '../text/formats'
import { t } from '../text/text'

const seconds = (count: number) => formatLengthInWords(count * 1_000)

/** `Video up to 3 minutes · Notes`; null is never heard. */
export function acceptsWords(accepts: Accepts | null): string {
  if (accepts === null) return t('contacts.acceptsUnknown')
  const { video, audio, text } = accepts
  const words = [
    video > 0 && t('contacts.acceptsVideo', { length: seconds(video) }),
    audio > 0 && t('contacts.acceptsAudio', { length: seconds(audio) }),
    text && t('contacts.acceptsText'),
  ].filter(Boolean)
  return words.length > 0 ? words.join(' · ') : t('contacts.acceptsNothing')
}
