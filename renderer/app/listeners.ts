import {
  createListenerMiddleware,
  isRejected,
  type ListenerMiddlewareInstance,
  type ThunkDispatch,
  type UnknownAction,
} from '@reduxjs/toolkit'
import { wrongKeyMet } from './bridgeEvents'
import { failureParameters, failureText } from './failureTexts'
import { noticeShown } from './noticesSlice'
import type { ThunkExtra } from './requests'

const saysItself = (meta: object): boolean => 'failures' in meta && meta.failures === 'inline'

type Dispatch = ThunkDispatch<unknown, ThunkExtra, UnknownAction>

/** What follows from actions, beyond the slices. One failed action is one sentence, never silence. */
export function createListeners(
  extra: ThunkExtra,
): ListenerMiddlewareInstance<unknown, Dispatch, ThunkExtra> {
  const listeners = createListenerMiddleware<unknown, Dispatch, ThunkExtra>({ extra })
  listeners.startListening({
    matcher: isRejected,
    effect: (action, { dispatch }) => {
      if (action.meta.condition || action.meta.aborted || saysItself(action.meta)) return
      const key = failureText(action.payload)
      if (key !== null) dispatch(noticeShown('alert', key, failureParameters(action.payload)))
    },
  })
  listeners.startListening({
    actionCreator: wrongKeyMet,
    effect: ({ payload: { name } }, { dispatch }) => {
      dispatch(noticeShown('alert', 'people.wrongKey', { name }))
    },
  })
  return listeners
}
