import { type CallEvents, type CallRequests, callEvents, callInputs } from './calls'
import type { EventApi, EventNames, InputSchemas, RequestApi } from './channels'
import { type DesktopEvents, type DesktopRequests, desktopEvents, desktopInputs } from './desktop'
import { type HistoryEvents, type HistoryRequests, historyEvents, historyInputs } from './history'
import { type MessageRequests, messageInputs } from './messages'
import { type PeopleEvents, type PeopleRequests, peopleEvents, peopleInputs } from './people'
import { type PersonSettingsRequests, personSettingsInputs } from './personSettings'
import { type RequestEvents, type RequestRequests, requestEvents, requestInputs } from './requests'
import { type SettingsEvents, type SettingsRequests, settingsEvents, settingsInputs } from './settings'
import { type StorageRequests, storageInputs } from './storage'
import { type TakeEvents, type TakeRequests, takeEvents, takeInputs } from './takes'

/** Everything that a window may ask of the main process. A new feature adds its file here, once. */
export type AllRequests = CallRequests &
  DesktopRequests &
  HistoryRequests &
  MessageRequests &
  PeopleRequests &
  PersonSettingsRequests &
  RequestRequests &
  SettingsRequests &
  StorageRequests &
  TakeRequests

export const allInputs = {
  ...callInputs,
  ...desktopInputs,
  ...historyInputs,
  ...messageInputs,
  ...peopleInputs,
  ...personSettingsInputs,
  ...requestInputs,
  ...settingsInputs,
  ...storageInputs,
  ...takeInputs,
} satisfies InputSchemas<AllRequests>

/** Everything that the main process may tell a window. */
export type AllEvents = CallEvents &
  DesktopEvents &
  HistoryEvents &
  PeopleEvents &
  RequestEvents &
  SettingsEvents &
  TakeEvents

export const allEvents = {
  ...callEvents,
  ...desktopEvents,
  ...historyEvents,
  ...peopleEvents,
  ...requestEvents,
  ...settingsEvents,
  ...takeEvents,
} satisfies EventNames<AllEvents>

/** What the preload puts on `window.aftertone`. */
export type AftertoneApi = RequestApi<AllRequests> & { on: EventApi<AllEvents> }
