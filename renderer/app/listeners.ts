import {
  createListenerMiddleware,
  isRejected,
  type ListenerMiddlewareInstance,
  type ThunkDispatch,
  type UnknownAction,
} from '@reduxjs/toolkit'
import { selectPerson, type WithPeople } from '../people/peopleSlice'
import { t } from '../text/text'
import { wrongKeyMet } from './bridgeEvents'
import { failureText } from './failureTexts'
import { noticeShown } from './noticesSlice'
import type { ThunkExtra } from './requests'

const saysItself = (meta: object): boolean => 'failures' in meta && meta.failures === 'inline'

type Dispatch = ThunkDispatch<WithPeople, ThunkExtra, UnknownAction>

/** What follows from actions, beyond the slices. One failed action is one sentence, never silence. */
export function createListeners(
  extra: ThunkExtra,
): ListenerMiddlewareInstance<WithPeople, Dispatch, ThunkExtra> {
  const listeners = createListenerMiddleware<WithPeople, Dispatch, ThunkExtra>({ extra })
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
