import { ContactFiles } from '../people/ContactFiles'
import { ContactList } from '../people/ContactList'
import { ContactSearch } from '../people/ContactSearch'
import { selectContacts } from '../people/contactsSlice'
import { Invite } from '../people/Invite'
import { NearbyPeople } from '../people/NearbyPeople'
import { SuggestedPeople } from '../people/SuggestedPeople'
import { t } from '../text/text'
import './PeopleStage.css'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { personSelected } from '../app/stageSlice'

/** Whom to call, and all of them: also what the stage shows when nothing is chosen. */
export function PeopleStage({ link }: { link: string }) {
  const dispatch = useAppDispatch()
  const { query, count } = useAppSelector(selectContacts)
  const searching = query !== ''
  return (
    <div className="people-stage">
      <header>
        <h1>{t('people.title')}</h1>
        <p>{t('people.titleHint')}</p>
      </header>
      <ContactSearch />
      {!searching && (
        <>
          <NearbyPeople onOpen={(personId) => dispatch(personSelected(personId))} />
          <div>
            <h2 className="people-heading">{t('people.inviteHeading')}</h2>
            <Invite link={link} />
          </div>
          <SuggestedPeople />
        </>
      )}
      <section aria-label={t('contacts.heading')}>
        <div className="people-stage-contacts">
          <h2 className="people-heading">
            {t('contacts.heading')}{' '}
            <span>{count > 0 && t(searching ? 'contacts.found' : 'contacts.count', { count })}</span>
          </h2>
          <ContactFiles />
        </div>
        <ContactList />
      </section>
    </div>
  )
}
