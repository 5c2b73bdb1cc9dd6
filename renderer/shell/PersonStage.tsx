import { Phone, Video } from 'lucide-react'
import { useEffect } from 'react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { placeCall } from '../call/callSlice'
import { Avatar } from '../components/Avatar'
import { Button } from '../components/Button'
import { ThreadTiles } from '../history/ThreadTiles'
import { BlockButton } from '../people/BlockButton'
import { PersonAccepts } from '../people/PersonAccepts'
import { PersonAddresses } from '../people/PersonAddresses'
import { PersonEditing } from '../people/PersonEditing'
import { PersonSettings } from '../people/PersonSettings'
import { PersonTrust } from '../people/PersonTrust'
import { loadPerson, selectDetails, selectPerson, selectStale } from '../people/peopleSlice'
import { t } from '../text/text'
import './EntryStage.css'

/** One person: call them, be sure that it is them, see what there was, and decide what they may do. */
export function PersonStage({ personId }: { personId: string }) {
  const dispatch = useAppDispatch()
  const person = useAppSelector((state) => selectPerson(state, personId))
  const details = useAppSelector((state) => selectDetails(state, personId))
  const stale = useAppSelector((state) => selectStale(state, personId))
  useEffect(() => {
    if (stale) void dispatch(loadPerson(personId))
  }, [dispatch, personId, stale])
  if (!person) return null
  const { name, address, reachable, contact } = person
  return (
    <article className="entry-stage">
      <header className="entry-stage-person">
        <Avatar name={name} address={address} size={96} />
        <h1>
          <bdi>{name}</bdi>
        </h1>
        {reachable !== null && <p>{t(reachable ? 'people.hereNow' : 'people.awayNow')}</p>}
      </header>
      <div className="entry-stage-actions">
        <Button tone="primary" icon={Video} onClick={() => dispatch(placeCall({ personId, media: 'video' }))}>
          {t('frame.videoCall')}
        </Button>
        <Button icon={Phone} onClick={() => dispatch(placeCall({ personId, media: 'audio' }))}>
          {t('frame.audioCall')}
        </Button>
      </div>
      <PersonTrust person={person} />
      {details && <PersonAccepts accepts={details.accepts} />}
      {details && contact && <PersonAddresses details={details} />}
      <PersonSettings personId={personId} />
      <div className="entry-stage-actions">
        {contact && <PersonEditing person={person} />}
        <BlockButton person={person} />
      </div>
      <ThreadTiles personId={personId} name={name} selectedCallId={null} />
    </article>
  )
}
