import { Phone, Settings } from 'lucide-react'
import { selectDesktop } from '../app/desktopSlice'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { Avatar } from '../components/Avatar'
import { Button } from '../components/Button'
import { RoundButton } from '../components/RoundButton'
import { HistoryFilterChoice } from '../history/HistoryFilterChoice'
import { HistoryList } from '../history/HistoryList'
import { UnsentTakes } from '../history/UnsentTakes'
import { RequestCards } from '../people/RequestCards'
import { selectSettings } from '../settings/settingsSlice'
import { networkWords } from '../text/networkWords'
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
        <HistoryFilterChoice />
      </div>
      <RequestCards />
      <UnsentTakes />
      <HistoryList />
      <Ourselves />
    </nav>
  )
}

function Ourselves() {
  const dispatch = useAppDispatch()
  const { name } = useAppSelector(selectSettings)
  const { network } = useAppSelector(selectDesktop)
  const shownName = name === '' ? t('frame.noName') : name
  return (
    <footer className="sidebar-self">
      <Avatar name={name} address={name} size={32} reachable={network.kind === 'on'} />
      <div className="sidebar-self-words">
        <p className="sidebar-self-name">{shownName}</p>
        <p className="sidebar-self-state" role="status" data-failed={network.kind === 'failed'}>
          {networkWords(network)}
        </p>
      </div>
      <RoundButton
        icon={Settings}
        label={t('frame.settings')}
        className="sidebar-settings"
        onClick={() => dispatch(settingsOpened())}
      />
    </footer>
  )
}
