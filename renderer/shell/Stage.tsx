import { ChevronLeft } from 'lucide-react'
import { lazy, Suspense, useEffect } from 'react'
import { assertNever } from '../app/assertNever'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { selectCallOnStage } from '../call/callSlice'
import { Button } from '../components/Button'
import { RequestTray } from '../requests/RequestTray'
import { t } from '../text/text'
import { EntryStage } from './EntryStage'
import { PeopleStage } from './PeopleStage'
import { PersonStage } from './PersonStage'
import './Stage.css'
import { type Selection, selectSelection, stageLeft } from '../app/stageSlice'

const callStage = () => import('../call/CallStage')
const CallStage = lazy(async () => ({ default: (await callStage()).CallStage }))

/** The right side: a call first, else what was chosen in the history, else whom to call. */
export function Stage() {
  const dispatch = useAppDispatch()
  const callOnStage = useAppSelector(selectCallOnStage)
  const selection = useAppSelector(selectSelection)
  useEffect(() => {
    // Calls and the recorder come after the first picture, but before anybody can have called.
    const handle = requestIdleCallback(() => void callStage())
    return () => cancelIdleCallback(handle)
  }, [])
  if (callOnStage) {
    return (
      <main className="stage stage-full" aria-label={t('frame.stage')}>
        <Suspense fallback={null}>
          <CallStage />
        </Suspense>
      </main>
    )
  }
  return (
    <main className="stage" aria-label={t('frame.stage')}>
      <div className="stage-top drag-region">
        <Button tone="quiet" icon={ChevronLeft} className="stage-back" onClick={() => dispatch(stageLeft())}>
          {t('components.back')}
        </Button>
      </div>
      <div className="stage-content">
        <Selected selection={selection} />
      </div>
    </main>
  )
}

function Selected({ selection }: { selection: Selection }) {
  switch (selection.kind) {
    case 'nothing':
      return <PeopleStage link="" />
    case 'people':
      return <PeopleStage link={selection.link} />
    case 'person':
      return <PersonStage personId={selection.personId} />
    case 'requests':
      return <RequestTray />
    case 'call':
      return <EntryStage callId={selection.callId} plays={selection.plays} />
    default:
      return assertNever(selection)
  }
}
