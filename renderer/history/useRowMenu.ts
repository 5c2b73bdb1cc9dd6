import type { MouseEvent } from 'react'
import type { DesktopInfo, MenuItem } from '../../preload/contract/desktop'
import type { HistoryEntry } from '../../preload/contract/history'
import { bridge } from '../app/bridge'
import { selectDesktop } from '../app/desktopSlice'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { copyFile, copyNote, revealFile, saveMessage } from '../app/messageRequests'
import { noticeShown } from '../app/noticesSlice'
import { callPlayed, personSelected } from '../app/stageSlice'
import { placeCall } from '../call/callSlice'
import { setBlocked } from '../people/blockedSlice'
import { addPerson } from '../people/peopleSlice'
import { isHere } from '../text/messageWords'
import { type TextKey, t } from '../text/text'
import { deleteFromHistory } from './deletion'
import { entryOf, type HistoryListRow } from './historyRows'

type Action = MenuItem & { run: () => void }

const revealWords: Record<DesktopInfo['platform'], TextKey> = {
  mac: 'history.revealMac',
  windows: 'history.revealWindows',
  linux: 'history.reveal',
}

/** What can be done with a line of the history, in the system's own menu, at the mouse or at the focused line. */
export function useRowMenu(deletion: {
  words: (row: HistoryListRow) => string
  run: (row: HistoryListRow) => void
}) {
  const dispatch = useAppDispatch()
  const { platform } = useAppSelector(selectDesktop)

  const action = (id: string, label: string, run: () => void): Action => ({ id, label, run })

  function messageActions({ call, messages }: HistoryEntry): Action[] {
    const message = messages.at(-1)
    if (!message || !isHere(message)) return []
    const { id, content } = message
    if (content.kind === 'text') {
      return [action('copy-note', t('history.copyNote'), () => void dispatch(copyNote(id)))]
    }
    const save = async () => {
      const saved = await dispatch(saveMessage(id))
      if (!saveMessage.fulfilled.match(saved)) return
      dispatch(noticeShown('status', 'player.saved', { fileName: saved.payload.fileName }))
    }
    const copy = async () => {
      const copied = await dispatch(copyFile(id))
      if (copyFile.fulfilled.match(copied)) dispatch(noticeShown('status', 'history.fileCopied'))
    }
    return [
      action('play', t('history.play'), () => void dispatch(callPlayed(call.id))),
      action('save', t('history.saveAs'), () => void save()),
      action('copy', t('history.copyFile'), () => void copy()),
      action('reveal', t(revealWords[platform]), () => void dispatch(revealFile(id))),
    ]
  }

  function personActions({ person }: HistoryEntry): Action[] {
    const { id: personId, name, address, contact, blocked } = person
    return [
      contact
        ? action('person', t('history.openPerson', { name }), () => void dispatch(personSelected(personId)))
        : action('add', t('history.addPerson'), () => void dispatch(addPerson({ address, name }))),
      action('block', t(blocked ? 'history.unblock' : 'history.block', { name }), () => {
        void dispatch(setBlocked({ personId, blocked: !blocked }))
      }),
    ]
  }

  function deleteActions(row: HistoryListRow): Action[] {
    const { person, messages } = entryOf(row)
    const message = messages.at(-1)
    const alone = message
      ? [
          action('delete-message', t('history.deleteMessage'), () => {
            void dispatch(deleteFromHistory({ kind: 'message', messageId: message.id }))
          }),
        ]
      : []
    return [
      action('delete', deletion.words(row), () => deletion.run(row)),
      ...alone,
      action('delete-person', t('history.deletePerson', { name: person.name }), () => {
        void dispatch(deleteFromHistory({ kind: 'person', personId: person.id }))
      }),
    ]
  }

  return async (row: HistoryListRow, event: MouseEvent): Promise<void> => {
    event.preventDefault()
    const entry = entryOf(row)
    const personId = entry.person.id
    const groups = [
      [
        action('video', t('history.menuVideo'), () => void dispatch(placeCall({ personId, media: 'video' }))),
        action('audio', t('history.menuAudio'), () => void dispatch(placeCall({ personId, media: 'audio' }))),
      ],
      messageActions(entry),
      personActions(entry),
      deleteActions(row),
    ].filter((group) => group.length > 0)
    const chosen = await bridge.desktop.showMenu({
      groups: groups.map((group) => group.map(({ id, label }) => ({ id, label }))),
      x: Math.max(0, event.clientX),
      y: Math.max(0, event.clientY),
    })
    groups
      .flat()
      .find(({ id }) => id === chosen)
      ?.run()
  }
}
