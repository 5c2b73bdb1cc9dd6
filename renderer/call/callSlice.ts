import { createSlice } from '@reduxjs/toolkit'
import type { Medium } from '../../preload/contract/ids'
import { createRequest } from '../app/requests'
import type { RootState } from '../app/store'

export const placeCall = createRequest('call/place', (bridge, call: { personId: string; media: Medium }) =>
  bridge.calls.place(call),
)

const call = createSlice({ name: 'call', initialState: { onStage: false }, reducers: {} })

export const callReducer = call.reducer
/** Whether the stage belongs to a call, its offer or its recorder now. */
export const selectCallOnStage = (state: RootState): boolean => state.call.onStage
