import { Phone, Settings } from 'lucide-react'
import { useAppDispatch } from '../app/hooks'
import { Button } from '../components/Button'
import { RoundButton } from '../components/RoundButton'
import { HistoryList } from '../history/HistoryList'
import { HistoryTop } from '../history/HistoryTop'
import { UnsentTakes } from '../history/UnsentTakes'
import { RequestsRow } from '../requests/RequestsRow'
import { Availability } from '../settings/Availability'
import { t } from '../text/text'
import './Sidebar.css'
import { peopleOpened, settingsOpened } from '../app/stageSlice'

/** The history with what waits for an answer above it, and ourselves at the bottom. */
export function Sidebar() {
  const dispatch = useAppDispatch()
  return (
    <nav className="sidebar" aria-label={t('frame.sidebar')}>
      <h1 className="visually-hidden">{t('frame.sidebar')}</h1>
      <div className="sidebar-top drag-region">
        <Button tone="primary" icon={Phone} onClick={() => dispatch(peopleOpened())}>
          {t('frame.newCall')}
        </Button>
        <HistoryTop />
      </div>
      <RequestsRow />
      <UnsentTakes />
      <HistoryList />
      <Ourselves />
    </nav>
  )
}

function Ourselves() {
  const dispatch = useAppDispatch()
  return (
    <footer className="sidebar-self">
      <Availability />
      <RoundButton
        icon={Settings}
        label={t('frame.settings')}
        className="sidebar-settings"
        onClick={() => dispatch(settingsOpened())}
      />
    </footer>
  )
}
