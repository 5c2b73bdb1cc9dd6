import { useEffect, useRef } from 'react'
import type { Request, WaitingMessage } from '../../preload/contract/requests'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { personSelected } from '../app/stageSlice'
import { Avatar } from '../components/Avatar'
import { Button } from '../components/Button'
import { sixDigits } from '../people/sixDigits'
import { formatLength } from '../text/formats'
import { t } from '../text/text'
import './RequestTray.css'
import { acceptRequest, blockRequest, declineRequest, selectRequests } from './requestsSlice'

/** What strangers want: one card each, and the three answers. */
export function RequestTray() {
  const requests = useAppSelector(selectRequests)
  const heading = useRef<HTMLHeadingElement>(null)
  const { length: count } = requests
  // The button that was pressed goes with its card; the keyboard goes on from the top. Also where this begins.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a card came or went
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus()
  }, [count])
  return (
    <div className="request-tray">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {t('requests.title')}
        </h1>
        <p>{t(count === 0 ? 'requests.none' : 'requests.hint')}</p>
      </header>
      <ul>
        {requests.map((request) => (
          <RequestCard key={request.address} request={request} />
        ))}
      </ul>
    </div>
  )
}

function RequestCard({ request: { address, name, number, addedUs, messages } }: { request: Request }) {
  const dispatch = useAppDispatch()
  const accept = async () => {
    const accepted = await dispatch(acceptRequest(address))
    if (acceptRequest.fulfilled.match(accepted)) dispatch(personSelected(accepted.payload.id))
  }
  return (
    <li className="request-card" aria-label={t('requests.from', { name })}>
      <Avatar name={name} address={address} />
      <div className="request-card-words">
        <h2>{addedUs ? t('requests.addedYou', { name }) : name}</h2>
        {number !== null && (
          <p className="setting-hint">{t('requests.bothShow', { number: sixDigits(number) })}</p>
        )}
        {messages.map((message) => (
          <p key={message.id} className="request-card-message" dir="auto">
            {words(message)}
          </p>
        ))}
        <div className="request-card-actions">
          <Button aria-label={t('requests.acceptName', { name })} onClick={() => void accept()}>
            {t('requests.accept')}
          </Button>
          <Button
            tone="quiet"
            aria-label={t('requests.declineName', { name })}
            onClick={() => dispatch(declineRequest(address))}
          >
            {t('requests.decline')}
          </Button>
          <Button
            tone="danger"
            aria-label={t('requests.blockName', { name })}
            onClick={() => dispatch(blockRequest(address))}
          >
            {t('requests.block')}
          </Button>
        </div>
      </div>
    </li>
  )
}

function words({ kind, line, durationMs }: WaitingMessage): string {
  if (kind === 'text') return line === '' ? t('requests.emptyNote') : t('requests.note', { line })
  const length = formatLength(durationMs ?? 0)
  return t(kind === 'video' ? 'requests.video' : 'requests.audio', { length })
}
