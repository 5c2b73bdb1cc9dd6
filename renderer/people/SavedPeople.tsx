import { useAppDispatch, useAppSelector } from '../app/hooks'
import { personSelected } from '../app/stageSlice'
import { t } from '../text/text'
import { PersonButtons } from './PersonButtons'
import { PersonLine } from './PersonLine'
import { selectPeople } from './peopleSlice'

/** Saved people who are not in the list of those nearby; a call still reaches their history when they come back. */
export function SavedPeople() {
  const dispatch = useAppDispatch()
  const { people, nearby } = useAppSelector(selectPeople)
  const here = new Set(nearby.map(({ personId }) => personId))
  const others = Object.values(people)
    .filter(({ contact, blocked, id }) => contact && !blocked && !here.has(id))
    .sort((one, other) => one.name.localeCompare(other.name))
  if (others.length === 0) return null
  return (
    <section aria-labelledby="saved-people">
      <h2 id="saved-people" className="people-heading">
        {t('people.saved')}
      </h2>
      <ul className="people-card">
        {others.map(({ id, name, address }) => (
          <PersonLine
            key={id}
            name={name}
            address={address}
            words={t('people.awayNow')}
            onOpen={() => dispatch(personSelected(id))}
          >
            <PersonButtons personId={id} name={name} />
          </PersonLine>
        ))}
      </ul>
    </section>
  )
}
