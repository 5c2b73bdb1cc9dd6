import {
  createListenerMiddleware,
  isRejected,
  type ListenerMiddlewareInstance,
  type ThunkDispatch,
  type UnknownAction,
} from '@reduxjs/toolkit'
import { loadThread, selectThread, type ThreadState } from '../history/threadSlice'
import { peopleMerged, wrongKeyMet } from './bridgeEvents'
import { failureParameters, failureText } from './failureTexts'
import { noticeShown } from './noticesSlice'
import type { ThunkExtra } from './requests'

const saysItself = (meta: object): boolean => 'failures' in meta && meta.failures === 'inline'

type WithThread = { thread: ThreadState }
type Dispatch = ThunkDispatch<WithThread, ThunkExtra, UnknownAction>

/** What follows from actions, beyond the slices. One failed action is one sentence, never silence. */
export function createListeners(
  extra: ThunkExtra,
): ListenerMiddlewareInstance<WithThread, Dispatch, ThunkExtra> {
  const listeners = createListenerMiddleware<WithThread, Dispatch, ThunkExtra>({ extra })
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
  listeners.startListening({
    actionCreator: peopleMerged,
    effect: ({ payload: { from, into } }, { dispatch, getState }) => {
      const { personId } = selectThread(getState())
      if (personId === from || personId === into) void dispatch(loadThread(into))
    },
  })
  return listeners
}
