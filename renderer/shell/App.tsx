import { lazy, Suspense, useEffect } from 'react'
import { loadCurrentCall, selectCallOnStage } from '../call/callSlice'
import { useCallKeys } from '../call/useCallKeys'
import { loadUnseen } from '../history/historySlice'
import { NearbyPeople } from '../people/NearbyPeople'
import { loadNearby } from '../people/peopleSlice'
import { loadRequests } from '../requests/requestsSlice'
import { selectSettings } from '../settings/settingsSlice'
import { Welcome } from '../welcome/Welcome'
import './App.css'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { selectSelection, selectSettingsOpen, settingsClosed } from '../app/stageSlice'
import { ModalLayerProvider } from '../components/modalLayer'
import { Notices } from './Notices'
import { Sidebar } from './Sidebar'
import { Stage } from './Stage'
import { useShortcuts } from './useShortcuts'

// Rarely needed, so it does not hold up the first picture. Not so the welcome: React holds what was suspended back for
// 300 ms, and that is the first thing that a new person would feel.
const SettingsSheet = lazy(() => import('../settings/SettingsSheet'))

/** The main window: the history at the left, the stage at the right; one of them where it is narrow. */
export function App() {
  const dispatch = useAppDispatch()
  const { welcomed } = useAppSelector(selectSettings)
  const settingsOpen = useAppSelector(selectSettingsOpen)
  const callOnStage = useAppSelector(selectCallOnStage)
  const selection = useAppSelector(selectSelection)
  useCallKeys()
  useEffect(() => {
    void dispatch(loadCurrentCall())
    void dispatch(loadNearby())
    void dispatch(loadRequests())
    void dispatch(loadUnseen())
  }, [dispatch])

  useShortcuts()

  const stageInFront = callOnStage || selection.kind !== 'nothing'
  return (
    <ModalLayerProvider>
      {/* A call that comes in the middle of the first run is more important than it. */}
      {welcomed || callOnStage ? (
        <div className="app" data-front={stageInFront ? 'stage' : 'sidebar'}>
          <Sidebar />
          <Stage />
        </div>
      ) : (
        <Welcome people={<NearbyPeople />} />
      )}
      {settingsOpen && (
        <Suspense fallback={null}>
          <SettingsSheet onClose={() => dispatch(settingsClosed())} />
        </Suspense>
      )}
      <Notices />
    </ModalLayerProvider>
  )
}
