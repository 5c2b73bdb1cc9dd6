import { createListenerMiddleware, isRejected, type ListenerMiddlewareInstance } from '@reduxjs/toolkit'
import { selectPerson } from '../people/peopleSlice'
import { t } from '../text/text'
import { wrongKeyMet } from './bridgeEvents'
import { failureText } from './failureTexts'
import { noticeShown } from './noticesSlice'
import type { ThunkExtra } from './requests'
import type { AppDispatch, RootState } from './store'

const saysItself = (meta: object): boolean => 'failures' in meta && meta.failures === 'inline'

/** What follows from actions, beyond the slices. One failed action is one sentence, never silence. */
export function createListeners(
  extra: ThunkExtra,
): ListenerMiddlewareInstance<RootState, AppDispatch, ThunkExtra> {
  const listeners = createListenerMiddleware<RootState, AppDispatch, ThunkExtra>({ extra })
  listeners.startListening({
    matcher: isRejected,
    effect: (action, { dispatch }) => {
      if (action.meta.condition || action.meta.aborted || saysItself(action.meta)) return
      const key = failureText(action.payload)
      if (key !== null) dispatch(noticeShown('alert', key))
    },
  })
  listeners.startListening({
    actionCreator: wrongKeyMet,
    effect: ({ payload }, { dispatch, getState }) => {
      const name = selectPerson(getState(), payload.personId)?.name ?? t('history.someone')
      dispatch(noticeShown('alert', 'people.wrongKey', { name }))
    },
  })
  return listeners
}
