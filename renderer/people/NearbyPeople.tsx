import { UserPlus } from 'lucide-react'
import type { NearbyPerson } from '../../preload/contract/people'
import { selectDesktop } from '../app/desktopSlice'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { Button } from '../components/Button'
import { networkWords } from '../text/networkWords'
import { t } from '../text/text'
import './NearbyPeople.css'
import { PersonButtons } from './PersonButtons'
import { PersonLine } from './PersonLine'
import { addPerson, selectPeople } from './peopleSlice'
import { sixDigits } from './sixDigits'

/** Who is on the same network now: call those who are saved, add the others. `onOpen` makes their names buttons. */
export function NearbyPeople({ onOpen }: { onOpen?: (personId: string) => void }) {
  const { nearby } = useAppSelector(selectPeople)
  const { network } = useAppSelector(selectDesktop)
  return (
    <section aria-label={t('people.nearby')}>
      {nearby.length > 0 ? (
        <ul className="people-card">
          {nearby.map((person) => (
            <NearbyLine key={person.address} person={person} {...(onOpen ? { onOpen } : {})} />
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

type NearbyLineProps = { person: NearbyPerson; onOpen?: (personId: string) => void }

function NearbyLine({ person, onOpen }: NearbyLineProps) {
  const dispatch = useAppDispatch()
  const { name, address, number, personId, contact } = person
  if (contact && personId !== null) {
    return (
      <PersonLine
        name={name}
        address={address}
        reachable
        words={t('people.hereNow')}
        {...(onOpen ? { onOpen: () => onOpen(personId) } : {})}
      >
        <PersonButtons personId={personId} name={name} />
      </PersonLine>
    )
  }
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
