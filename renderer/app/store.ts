import { combineReducers, configureStore, type ThunkDispatch, type UnknownAction } from '@reduxjs/toolkit'
import type { AftertoneApi } from '../../preload/contract'
import type { DesktopInfo } from '../../preload/contract/desktop'
import type { Settings } from '../../preload/contract/settings'
import { callReducer } from '../call/callSlice'
import { historyReducer } from '../history/historySlice'
import { threadReducer } from '../history/threadSlice'
import { unsentReducer } from '../history/unsentSlice'
import { blockedReducer } from '../people/blockedSlice'
import { contactsReducer } from '../people/contactsSlice'
import { importReducer } from '../people/importSlice'
import { peopleReducer } from '../people/peopleSlice'
import { recorderReducer } from '../recorder/recorderSlice'
import { requestsReducer } from '../requests/requestsSlice'
import { settingsReducer } from '../settings/settingsSlice'
import { storageReducer } from '../settings/storageSlice'
import { desktopReducer } from './desktopSlice'
import { createListeners } from './listeners'
import { noticesReducer } from './noticesSlice'
import type { ThunkExtra } from './requests'
import { stageReducer } from './stageSlice'

const reducer = combineReducers({
  blocked: blockedReducer,
  call: callReducer,
  contacts: contactsReducer,
  desktop: desktopReducer,
  history: historyReducer,
  import: importReducer,
  notices: noticesReducer,
  people: peopleReducer,
  recorder: recorderReducer,
  requests: requestsReducer,
  settings: settingsReducer,
  stage: stageReducer,
  storage: storageReducer,
  thread: threadReducer,
  unsent: unsentReducer,
})

export type RootState = ReturnType<typeof reducer>
export type AppDispatch = ThunkDispatch<RootState, ThunkExtra, UnknownAction>

/** What must be known before the first screen; asking for it is `index.tsx`'s work. */
export type Known = { desktop: DesktopInfo; settings: Settings }

export function createStore(bridge: AftertoneApi, { desktop, settings }: Known) {
  const extra = { bridge }
  return configureStore({
    reducer,
    preloadedState: { desktop, settings },
    middleware: (standard) =>
      standard({ thunk: { extraArgument: extra } }).prepend(createListeners(extra).middleware),
  })
}

export type AppStore = ReturnType<typeof createStore>
