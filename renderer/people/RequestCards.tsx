import { useAppDispatch, useAppSelector } from '../app/hooks'
import { Avatar } from '../components/Avatar'
import { Button } from '../components/Button'
import { t } from '../text/text'
import { addPerson, dismissRequest, selectPeople } from './peopleSlice'
import './RequestCards.css'
import { sixDigits } from './sixDigits'

/** People who added us: add them back, or not now. */
export function RequestCards() {
  const dispatch = useAppDispatch()
  const { requests } = useAppSelector(selectPeople)
  if (requests.length === 0) return null
  return (
    <ul className="request-cards" aria-label={t('people.requests')}>
      {requests.map(({ address, name, number }) => (
        <li key={address} className="request-card">
          <Avatar name={name} address={address} size={32} />
          <div>
            <p className="request-card-title">{t('people.addedYou', { name })}</p>
            <p className="setting-hint">{t('people.bothShow', { number: sixDigits(number) })}</p>
            <div className="request-card-actions">
              <Button tone="quiet" onClick={() => dispatch(addPerson({ address, name }))}>
                {t('people.addBack', { name })}
              </Button>
              <Button
                tone="quiet"
                aria-label={t('people.notNowName', { name })}
                onClick={() => dispatch(dismissRequest(address))}
              >
                {t('people.notNow')}
              </Button>
            </div>
          </div>
        </li>
      ))}
    </ul>
  )
}
