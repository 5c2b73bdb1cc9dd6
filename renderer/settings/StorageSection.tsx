import { Pin, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { DueMessage } from '../../preload/contract/storage'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { keepMessage } from '../app/messageRequests'
import { noticeShown } from '../app/noticesSlice'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { RoundButton } from '../components/RoundButton'
import { Select } from '../components/Select'
import { formatBytes, formatDayAndTime, formatInDays } from '../text/formats'
import { isKeepRule, keepRuleTexts } from '../text/keepWords'
import { type TextKey, t } from '../text/text'
import './StorageSection.css'
import { deleteDue, loadStorage, selectStorage } from './storageSlice'
import { useSettings } from './useSettings'

/** What lies on this computer, how long it stays, and what goes next. */
export function StorageSection() {
  const dispatch = useAppDispatch()
  const { use, stale, deleting } = useAppSelector(selectStorage)
  const [{ keepMessages }, change] = useSettings()
  useEffect(() => {
    if (stale && !deleting) void dispatch(loadStorage())
  }, [dispatch, stale, deleting])
  return (
    <>
      <dl>
        <Meter name={t('settings.storedMessages')} use={use?.messages} />
        <Meter name={t('settings.storedTakes')} use={use?.takes} />
      </dl>
      <Select
        label={t('settings.keepMessages')}
        value={keepMessages}
        options={Object.entries(keepRuleTexts).map(([value, key]) => ({ value, label: t(key) }))}
        onChange={(value) => isKeepRule(value) && change({ keepMessages: value })}
      />
      <p className="setting-hint">{t('settings.keepHint')}</p>
      <Due />
    </>
  )
}

type Use = { count: number; bytes: number }

function Meter({ name, use }: { name: string; use: Use | undefined }) {
  return (
    <div className="setting-row">
      <dt>{name}</dt>
      <dd>{use && storedWords(use)}</dd>
    </div>
  )
}

const storedWords = ({ count, bytes }: Use): string =>
  count === 0 ? t('settings.nothingStored') : t('settings.recordings', { count, size: formatBytes(bytes) })

/** What the rules delete within a week: to be looked at, kept, or deleted at once. */
function Due() {
  const dispatch = useAppDispatch()
  const { due, deleting } = useAppSelector(selectStorage)
  const [asking, setAsking] = useState(false)
  if (due === null) return null
  const dueNow = due.messages.filter(({ dueAt }) => dueAt <= due.now).length
  const deleteNow = async () => {
    setAsking(false)
    const done = await dispatch(deleteDue())
    if (!deleteDue.fulfilled.match(done)) return
    const { count, bytes } = done.payload
    dispatch(noticeShown('status', 'settings.freed', { count, size: formatBytes(bytes) }))
  }
  return (
    <section className="storage-due" aria-labelledby="storage-due">
      <h3 id="storage-due">{t('settings.due')}</h3>
      <p className="setting-hint">
        {due.count === 0
          ? t('settings.dueNothing')
          : t('settings.dueCount', { count: due.count, size: formatBytes(due.bytes) })}
      </p>
      {due.count > 0 && (
        <ul>
          {due.messages.map((message) => (
            <DueRow key={message.messageId} message={message} now={due.now} />
          ))}
        </ul>
      )}
      {dueNow > 0 && (
        <Button icon={Trash2} disabled={deleting} onClick={() => setAsking(true)}>
          {t('settings.deleteNow')}
        </Button>
      )}
      {asking && (
        <Dialog
          title={t('settings.deleteNowTitle')}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t('settings.goBack')}</Button>
              <Button tone="danger" onClick={() => void deleteNow()}>
                {t('settings.deleteNow')}
              </Button>
            </>
          }
        >
          <p>{t('settings.deleteNowWords')}</p>
        </Dialog>
      )}
    </section>
  )
}

const kinds: Record<DueMessage['kind'], [from: TextKey, to: TextKey]> = {
  video: ['settings.videoFrom', 'settings.videoTo'],
  audio: ['settings.audioFrom', 'settings.audioTo'],
  text: ['settings.noteFrom', 'settings.noteTo'],
}

function DueRow({ message, now }: { message: DueMessage; now: number }) {
  const dispatch = useAppDispatch()
  const { messageId, name, direction, kind, size, sentAt, dueAt } = message
  const words = t(kinds[kind][direction === 'in' ? 0 : 1], { name })
  return (
    <li className="storage-due-row">
      <div className="storage-due-words">
        <p>{words}</p>
        <p className="setting-hint">
          {formatDayAndTime(sentAt, now)}
          {size > 0 && ` · ${formatBytes(size)}`}
          {' · '}
          {dueAt <= now ? t('settings.dueNow') : t('settings.dueLater', { when: formatInDays(dueAt, now) })}
        </p>
      </div>
      <RoundButton
        icon={Pin}
        label={t('settings.keepThis', { message: words })}
        onClick={() => dispatch(keepMessage({ messageId, kept: true }))}
      />
    </li>
  )
}
