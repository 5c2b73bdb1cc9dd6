import { UserPlus } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { SuggestedPerson } from '../../preload/contract/people'
import { bridge } from '../app/bridge'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { personSelected } from '../app/stageSlice'
import { Button } from '../components/Button'
import { type TextKey, t } from '../text/text'
import { selectContacts } from './contactsSlice'
import { PersonLine } from './PersonLine'
import { addPerson } from './peopleSlice'
import './SuggestedPeople.css'

const reasons: Record<SuggestedPerson['reason'], TextKey> = {
  answered: 'contacts.answered',
  imported: 'contacts.imported',
}

/** Who may leave messages without being a contact, and why; each can be taken off, for now or for ever. */
export function SuggestedPeople() {
  const dispatch = useAppDispatch()
  const { people: contacts } = useAppSelector(selectContacts)
  const [suggested, setSuggested] = useState<SuggestedPerson[]>([])
  const load = useCallback(async () => setSuggested(await bridge.people.suggested()), [])
  // Whoever becomes a contact, or is one no more, may leave or enter this list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew whenever the contacts were
  useEffect(() => void load(), [load, contacts])
  const dismiss = async (personId: string, never: boolean) => {
    await bridge.people.dismissSuggestion({ personId, never })
    await load()
  }
  if (suggested.length === 0) return null
  return (
    <section aria-labelledby="suggested-people">
      <h2 id="suggested-people" className="people-heading">
        {t('contacts.suggested')}
      </h2>
      <p className="suggested-hint">{t('contacts.suggestedHint')}</p>
      <ul className="people-card">
        {suggested.map(({ person: { id, name, address, reachable }, reason }) => (
          <PersonLine
            key={id}
            name={name}
            address={address}
            reachable={reachable}
            words={t(reasons[reason])}
            onOpen={() => dispatch(personSelected(id))}
          >
            <Button
              icon={UserPlus}
              aria-label={t('people.addName', { name })}
              onClick={() => dispatch(addPerson({ address, name }))}
            >
              {t('people.add')}
            </Button>
            <Button
              tone="quiet"
              aria-label={t('contacts.removeSuggestion', { name })}
              onClick={() => void dismiss(id, false)}
            >
              {t('contacts.remove')}
            </Button>
            <Button
              tone="quiet"
              aria-label={t('contacts.neverSuggest', { name })}
              onClick={() => void dismiss(id, true)}
            >
              {t('contacts.never')}
            </Button>
          </PersonLine>
        ))}
      </ul>
    </section>
  )
}
