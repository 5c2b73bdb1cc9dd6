import type { Accepts } from '../../preload/contract/people'
import { formatLengthInWords } from '../text/formats'
import { t } from '../text/text'

/** What somebody takes when they don't answer, as far as they told, and their line to callers. */
export function PersonAccepts({ accepts }: { accepts: Accepts | null }) {
  return (
    <section aria-label={t('contacts.accepts')}>
      <h2 className="people-heading">{t('contacts.accepts')}</h2>
      <p>{acceptsWords(accepts)}</p>
      {accepts?.note && <p className="setting-hint">“{accepts.note}”</p>}
    </section>
  )
}

export function acceptsWords(accepts: Accepts | null): string {
  if (accepts === null) return t('contacts.acceptsUnknown')
  const { video, audio, text } = accepts
  const length = (seconds: number) => ({ length: formatLengthInWords(seconds * 1_000) })
  const words = [
    video > 0 && t('contacts.acceptsVideo', length(video)),
    audio > 0 && t('contacts.acceptsAudio', length(audio)),
    text && t('contacts.acceptsText'),
  ].filter(Boolean)
  return words.length > 0 ? words.join(' · ') : t('contacts.acceptsNothing')
}
