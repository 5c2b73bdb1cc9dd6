import { useEffect } from 'react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { fileDrag } from '../app/messageRequests'
import { callSelected } from '../app/stageSlice'
import { formatDayAndTime } from '../text/formats'
import { isUnplayed } from '../text/messageWords'
import { t } from '../text/text'
import { deleteFromHistory } from './deletion'
import { entryWords } from './entryWords'
import { callIdsOf } from './historyRows'
import { MessageThumb } from './MessageThumb'
import './ThreadTiles.css'
import { loadThread, selectThread } from './threadSlice'
import { useNow } from './useNow'
import { useRowMenu } from './useRowMenu'

type ThreadTilesProps = { personId: string; name: string; selectedCallId: string | null }

/** All calls and messages with one person as small tiles, newest first. */
export function ThreadTiles({ personId, name, selectedCallId }: ThreadTilesProps) {
  const dispatch = useAppDispatch()
  const { entries } = useAppSelector(selectThread)
  const now = useNow()
  const menu = useRowMenu({
    words: () => t('history.delete'),
    run: (row) => void dispatch(deleteFromHistory({ kind: 'calls', callIds: callIdsOf([row]) })),
  })
  useEffect(() => {
    void dispatch(loadThread(personId))
  }, [dispatch, personId])
  const others = entries.filter(({ call }) => call.id !== selectedCallId)
  if (others.length === 0) return null
  return (
    <section className="thread" aria-label={t('history.thread', { name })}>
      <h2>{t('history.thread', { name })}</h2>
      <ul>
        {entries.map((entry) => {
          const message = entry.messages.at(-1)
          const { words, tone } = entryWords(entry)
          return (
            <li key={entry.call.id}>
              <button
                type="button"
                className="thread-tile"
                onContextMenu={(event) =>
                  void menu({ kind: 'call', id: entry.call.id, entry, inside: false }, event)
                }
                {...fileDrag(message, dispatch)}
                aria-current={entry.call.id === selectedCallId}
                onClick={() => dispatch(callSelected(entry.call.id))}
              >
                {message && <MessageThumb message={message} />}
                <span className="thread-tile-words">
                  <span data-tone={tone}>{words}</span>
                  <time dateTime={new Date(entry.call.startedAt).toISOString()}>
                    {formatDayAndTime(entry.call.startedAt, now)}
                  </time>
                </span>
                {entry.messages.some(isUnplayed) && (
                  <span className="thread-tile-mark" role="img" aria-label={t('history.unplayed')} />
                )}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
