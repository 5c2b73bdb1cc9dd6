import { type Action, createAction } from '@reduxjs/toolkit'
import type { AftertoneApi, AllEvents } from '../../preload/contract'

const event = <Channel extends keyof AllEvents>(channel: Channel) =>
  createAction<AllEvents[Channel]>(`event:${channel}`)

/** Everything that the main process tells a window, as actions that any slice may answer. */
export const callChanged = event('calls/changed')
export const callConnect = event('calls/connect')
export const callSignal = event('calls/signal')
export const callRecording = event('calls/recording')
export const networkChanged = event('desktop/networkChanged')
export const showCallAsked = event('desktop/showCall')
export const inviteOpened = event('desktop/openInvite')
export const historyChanged = event('history/changed')
export const unseenChanged = event('history/unseenChanged')
export const filtersChanged = event('history/filtersChanged')
export const historyRemoved = event('history/removed')
export const historyRestored = event('history/restored')
export const personChanged = event('people/changed')
export const contactsChanged = event('people/listChanged')
export const peopleMerged = event('people/merged')
export const importProgressed = event('people/importing')
export const nearbyChanged = event('people/nearbyChanged')
export const requestsChanged = event('requests/changed')
export const wrongKeyMet = event('people/wrongKey')
export const settingsChanged = event('settings/changed')
export const takeChanged = event('takes/changed')
export const takeRemoved = event('takes/removed')

/** Turns the main process's events into actions; returns the way to stop. */
export function forwardBridgeEvents({ on }: AftertoneApi, dispatch: (action: Action) => void): () => void {
  const stops = [
    on.calls.changed((call) => dispatch(callChanged(call))),
    on.calls.connect((connect) => dispatch(callConnect(connect))),
    on.calls.signal((signal) => dispatch(callSignal(signal))),
    on.calls.recording((recording) => dispatch(callRecording(recording))),
    on.desktop.networkChanged((network) => dispatch(networkChanged(network))),
    on.desktop.showCall((call) => dispatch(showCallAsked(call))),
    on.desktop.openInvite((invite) => dispatch(inviteOpened(invite))),
    on.history.changed((entry) => dispatch(historyChanged(entry))),
    on.history.unseenChanged((unseen) => dispatch(unseenChanged(unseen))),
    on.history.filtersChanged((filters) => dispatch(filtersChanged(filters))),
    on.history.removed((removed) => dispatch(historyRemoved(removed))),
    on.history.restored((restored) => dispatch(historyRestored(restored))),
    on.people.changed((person) => dispatch(personChanged(person))),
    on.people.listChanged((nothing) => dispatch(contactsChanged(nothing))),
    on.people.merged((merged) => dispatch(peopleMerged(merged))),
    on.people.importing((share) => dispatch(importProgressed(share))),
    on.people.nearbyChanged((nearby) => dispatch(nearbyChanged(nearby))),
    on.requests.changed((requests) => dispatch(requestsChanged(requests))),
    on.people.wrongKey((person) => dispatch(wrongKeyMet(person))),
    on.settings.changed((settings) => dispatch(settingsChanged(settings))),
    on.takes.changed((take) => dispatch(takeChanged(take))),
    on.takes.removed((take) => dispatch(takeRemoved(take))),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
