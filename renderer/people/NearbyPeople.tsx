import { UserPlus } from 'lucide-react'
import type { NearbyPerson } from '../../preload/contract/people'
import { selectDesktop } from '../app/desktopSlice'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { personSelected } from '../app/stageSlice'
import { Button } from '../components/Button'
import { networkWords } from '../text/networkWords'
import { t } from '../text/text'
import './NearbyPeople.css'
import { PersonButtons } from './PersonButtons'
import { PersonLine } from './PersonLine'
import { addPerson, selectPeople } from './peopleSlice'
import { sixDigits } from './sixDigits'

/** Who is on the same network now: call those who are saved, add the others. */
export function NearbyPeople() {
  const { nearby } = useAppSelector(selectPeople)
  const { network } = useAppSelector(selectDesktop)
  return (
    <section aria-label={t('people.nearby')}>
      {nearby.length > 0 ? (
        <ul className="people-card">
          {nearby.map((person) => (
            <NearbyLine key={person.address} person={person} />
          ))}
        </ul>
      ) : (
        <div className="people-card nearby-nobody">
          {network.kind === 'on' && <span className="nearby-pulse" aria-hidden="true" />}
          <p>{network.kind === 'on' ? t('people.nobodyNearby') : networkWords(network)}</p>
        </div>
      )}
    </section>
  )
}

function NearbyLine({ person }: { person: NearbyPerson }) {
  const dispatch = useAppDispatch()
  const { people } = useAppSelector(selectPeople)
  const saved = person.personId === null ? undefined : people[person.personId]
  if (saved?.contact) {
    return (
      <PersonLine
        name={saved.name}
        address={saved.address}
        reachable
        words={t('people.hereNow')}
        onOpen={() => dispatch(personSelected(saved.id))}
      >
        <PersonButtons personId={saved.id} name={saved.name} />
      </PersonLine>
    )
  }
  const { name, address, number } = person
  return (
    <PersonLine name={name} address={address} words={t('people.number', { number: sixDigits(number) })}>
      <Button
        icon={UserPlus}
        aria-label={t('people.addName', { name })}
        onClick={() => dispatch(addPerson({ address, name }))}
      >
        {t('people.add')}
      </Button>
    </PersonLine>
  )
}
