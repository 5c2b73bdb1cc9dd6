import { Phone, Video } from 'lucide-react'
import { placeCall } from '../call/callSlice'
import { Avatar } from '../components/Avatar'
import { Button } from '../components/Button'
import { ThreadTiles } from '../history/ThreadTiles'
import { PersonSettings } from '../people/PersonSettings'
import { PersonTrust } from '../people/PersonTrust'
import { selectPerson } from '../people/peopleSlice'
import { t } from '../text/text'
import './EntryStage.css'
import { useAppDispatch, useAppSelector } from '../app/hooks'

/** One person: call them, be sure that it is them, see what there was. */
export function PersonStage({ personId }: { personId: string }) {
  const dispatch = useAppDispatch()
  const person = useAppSelector((state) => selectPerson(state, personId))
  if (!person) return null
  const { name, address, reachable } = person
  return (
    <article className="entry-stage">
      <header className="entry-stage-person">
        <Avatar name={name} address={address} size={96} />
        <h1>{name}</h1>
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
      <PersonSettings personId={personId} />
      <ThreadTiles personId={personId} name={name} selectedCallId={null} />
    </article>
  )
}
