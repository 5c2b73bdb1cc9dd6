import { useEffect, useRef } from 'react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { Avatar } from '../components/Avatar'
import { Button } from '../components/Button'
import { loadBlocked, selectBlocked, setBlocked } from '../people/blockedSlice'
import { t } from '../text/text'
import './BlockedPeople.css'

/** Everybody who is blocked, to let in again. */
export function BlockedPeople() {
  const dispatch = useAppDispatch()
  const blocked = useAppSelector(selectBlocked)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => void dispatch(loadBlocked()), [dispatch])
  const unblock = async (personId: string) => {
    await dispatch(setBlocked({ personId, blocked: false }))
    // The button has gone with its line.
    heading.current?.focus()
  }
  return (
    <section className="blocked-people" aria-labelledby="blocked-people">
      <h3 id="blocked-people" ref={heading} tabIndex={-1}>
        {t('requests.blockedTitle')}
      </h3>
      <p className="setting-hint">
        {t(blocked.length === 0 ? 'requests.blockedNone' : 'requests.blockedHint')}
      </p>
      <ul>
        {blocked.map(({ id, name, address }) => (
          <li key={id} className="setting-row">
            <Avatar name={name} address={address} size={32} />
            <span>{name}</span>
            <Button aria-label={t('requests.unblockName', { name })} onClick={() => void unblock(id)}>
              {t('requests.unblock')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
