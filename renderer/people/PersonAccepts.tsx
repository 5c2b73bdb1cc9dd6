import type { Accepts } from '../../preload/contract/people'
import { t } from '../text/text'
import { acceptsWords } from './acceptsWords'

/** What somebody takes when they don't answer, as far as they told, and their line to callers. */
export function PersonAccepts({ accepts }: { accepts: Accepts | null }) {
  return (
    <section className="person-accepts" aria-label={t('contacts.accepts')}>
      <h2 className="people-heading">{t('contacts.accepts')}</h2>
      <p>{acceptsWords(accepts)}</p>
      {accepts?.note && <p className="setting-hint">“{accepts.note}”</p>}
    </section>
  )
}
