import type { DragEvent } from 'react'
import type { Message } from '../../preload/contract/messages'
import { isHere } from '../text/messageWords'
import { createAppThunk, createRequest, type RequestDispatch } from './requests'

/** What can be asked for a message wherever it is shown. The answer comes as `history/changed`. */
export const retryMessage = createRequest('message/retry', (bridge, messageId: string) =>
  bridge.messages.retry({ messageId }),
)
export const cancelMessage = createRequest('message/cancel', (bridge, messageId: string) =>
  bridge.messages.cancel({ messageId }),
)
export const saveMessage = createRequest('message/save', (bridge, messageId: string) =>
  bridge.messages.saveAs({ messageId }),
)
export const markPlayed = createRequest('message/markPlayed', (bridge, messageId: string) =>
  bridge.messages.markPlayed({ messageId }),
)
export const keepMessage = createRequest(
  'message/keep',
  (bridge, input: { messageId: string; kept: boolean }) => bridge.messages.setKept(input),
)
export const copyNote = createRequest('message/copyNote', (bridge, messageId: string) =>
  bridge.messages.copyText({ messageId }),
)
/** Which call has the message to play after this one. */
export const findNextUnplayed = createAppThunk('message/nextUnplayed', (messageId: string, { extra }) =>
  extra.bridge.messages.nextUnplayed({ messageId }),
)
export const copyFile = createRequest('message/copyFile', (bridge, messageId: string) =>
  bridge.messages.copyFile({ messageId }),
)
export const revealFile = createRequest('message/reveal', (bridge, messageId: string) =>
  bridge.messages.reveal({ messageId }),
)
const startDrag = createRequest('message/startDrag', (bridge, messageId: string) =>
  bridge.messages.startDrag({ messageId }),
)

/** Props that let an element be dragged out of the window as the message's file. */
export function fileDrag(message: Message | undefined, dispatch: RequestDispatch) {
  return {
    draggable: message !== undefined && message.content.kind !== 'text' && isHere(message),
    onDragStart: (event: DragEvent) => {
      // The system drags the file itself, so the page's own drag must not begin.
      event.preventDefault()
      if (message) void dispatch(startDrag(message.id))
    },
  }
}
