import { useAppDispatch } from '../app/hooks'
import { Invite } from '../people/Invite'
import { NearbyPeople } from '../people/NearbyPeople'
import { SavedPeople } from '../people/SavedPeople'
import { t } from '../text/text'
import './PeopleStage.css'
import { personSelected } from '../app/stageSlice'

/** Whom to call: also what the stage shows when nothing is chosen. */
export function PeopleStage({ link }: { link: string }) {
  const dispatch = useAppDispatch()
  return (
    <div className="people-stage">
      <header>
        <h1>{t('people.title')}</h1>
        <p>{t('people.titleHint')}</p>
      </header>
      <NearbyPeople onOpen={(personId) => dispatch(personSelected(personId))} />
      <SavedPeople />
      <div>
        <h2 className="people-heading">{t('people.inviteHeading')}</h2>
        <Invite link={link} />
      </div>
    </div>
  )
}
