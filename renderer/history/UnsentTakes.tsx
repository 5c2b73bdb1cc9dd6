import { useEffect, useState } from 'react'
import type { Take } from '../../preload/contract/takes'
import { assertNever } from '../app/assertNever'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { selectCallOnStage } from '../call/callSlice'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { useKnownPerson } from '../people/useKnownPerson'
import { previewOpened } from '../recorder/recorderSlice'
import { formatLength, formatPercent } from '../text/formats'
import { type TextKey, t } from '../text/text'
import './UnsentTakes.css'
import { discardUnsent, loadUnsent, prepareUnsentAgain, selectUnsent, sendUnsent } from './unsentSlice'

/** What was recorded and neither sent nor discarded: nothing that was said is lost. */
export function UnsentTakes() {
  const dispatch = useAppDispatch()
  const takes = useAppSelector(selectUnsent)
  const callOnStage = useAppSelector(selectCallOnStage)
  useEffect(() => {
    void dispatch(loadUnsent())
  }, [dispatch])
  // While the recorder is open, its own take is not left over.
  const left = callOnStage ? [] : takes.filter(({ state }) => state.phase !== 'recording')
  if (left.length === 0) return null
  return (
    <ul className="unsent-takes" aria-label={t('history.unsent')}>
      {left.map((take) => (
        <UnsentTake key={take.id} take={take} />
      ))}
    </ul>
  )
}

function UnsentTake({ take }: { take: Take }) {
  const dispatch = useAppDispatch()
  const [asking, setAsking] = useState(false)
  const { person } = useKnownPerson(take.personId)
  const name = person?.name ?? t('history.someone')
  const words = stateWords(take)
  return (
    <li className="unsent-take">
      <p className="unsent-take-title">
        {t('history.unsentTitle', { name, length: formatLength(take.durationMs) })}
      </p>
      {words && <p className="unsent-take-state">{words}</p>}
      <div className="unsent-take-actions">
        {take.state.phase === 'ready' && (
          <>
            <Button tone="quiet" onClick={() => dispatch(previewOpened(take))}>
              {t('history.preview')}
            </Button>
            <Button tone="quiet" onClick={() => dispatch(sendUnsent(take.id))}>
              {t('history.send')}
            </Button>
          </>
        )}
        {take.state.phase === 'failed' && (
          <Button tone="quiet" onClick={() => dispatch(prepareUnsentAgain(take.id))}>
            {t('history.tryAgain')}
          </Button>
        )}
        <Button tone="danger" onClick={() => setAsking(true)}>
          {t('history.discard')}
        </Button>
      </div>
      {asking && (
        <Dialog
          title={t('history.discardTitle')}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t('history.keep')}</Button>
              <Button tone="danger" onClick={() => dispatch(discardUnsent(take.id))}>
                {t('history.discard')}
              </Button>
            </>
          }
        >
          <p>{t('history.discardWords', { name })}</p>
        </Dialog>
      )}
    </li>
  )
}

const problems = {
  'disk-full': 'history.unsentFailedDisk',
  'ffmpeg-missing': 'history.unsentFailedFfmpeg',
  'ffmpeg-failed': 'history.unsentFailed',
  'not-media': 'history.unsentFailedMedia',
} satisfies Record<string, TextKey>

function stateWords({ state }: Take): string | null {
  switch (state.phase) {
    case 'recording':
    case 'ready':
      return null
    case 'preparing':
      return t('history.unsentPreparing', { percent: formatPercent(state.progress) })
    case 'failed':
      return t(problems[state.problem])
    default:
      return assertNever(state)
  }
}
