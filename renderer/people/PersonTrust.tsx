import { ShieldAlert, ShieldCheck, UserPlus } from 'lucide-react'
import type { Person } from '../../preload/contract/people'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { Button } from '../components/Button'
import { Icon } from '../components/Icon'
import { t } from '../text/text'
import { addPerson, selectPeople, verifyPerson, wrongKeyClosed } from './peopleSlice'
import './PersonTrust.css'
import { sixDigits } from './sixDigits'

/** Whether this really is that person: the number on both screens, and a warning when another key answered. */
export function PersonTrust({ person }: { person: Person }) {
  const dispatch = useAppDispatch()
  const { wrongKeys } = useAppSelector(selectPeople)
  const { id, name, address, number, verified, contact } = person
  return (
    <div className="person-trust">
      {wrongKeys.includes(id) && (
        <div className="person-trust-alert" role="alert">
          <Icon of={ShieldAlert} />
          <p>{t('people.wrongKey', { name })}</p>
          <Button tone="quiet" onClick={() => dispatch(wrongKeyClosed(id))}>
            {t('people.understood')}
          </Button>
        </div>
      )}
      {!contact && (
        <Button icon={UserPlus} onClick={() => dispatch(addPerson({ address, name }))}>
          {t('people.addToPeople')}
        </Button>
      )}
      {contact && verified && (
        <p className="person-trust-verified">
          <Icon of={ShieldCheck} size={16} />
          {t('people.verified')}
        </p>
      )}
      {contact && !verified && number !== null && (
        <div className="person-trust-number">
          <p>
            {t('people.bothMustShow')} <strong>{sixDigits(number)}</strong>
          </p>
          <Button tone="quiet" onClick={() => dispatch(verifyPerson({ personId: id, address }))}>
            {t('people.verify')}
          </Button>
        </div>
      )}
    </div>
  )
}
