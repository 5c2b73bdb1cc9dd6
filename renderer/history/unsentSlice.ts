import { createSlice } from '@reduxjs/toolkit'
import type { Take } from '../../preload/contract/takes'
import { takeChanged, takeRemoved } from '../app/bridgeEvents'
import { createAppThunk, createRequest } from '../app/requests'

/** Takes that were neither sent nor discarded, newest first. */
export const loadUnsent = createAppThunk('unsent/load', (_: undefined, { extra }) =>
  extra.bridge.takes.unsent(),
)

export const sendUnsent = createRequest('unsent/send', (bridge, takeId: string) =>
  bridge.messages.sendTake({ takeId }),
)

export const prepareUnsentAgain = createRequest('unsent/prepareAgain', (bridge, takeId: string) =>
  bridge.takes.prepareAgain({ takeId }),
)

export const discardUnsent = createAppThunk('unsent/discard', (takeId: string, { extra }) =>
  extra.bridge.takes.discard({ takeId }),
)

const without = (takes: Take[], takeId: string): Take[] => takes.filter((take) => take.id !== takeId)

const unsent = createSlice({
  name: 'unsent',
  initialState: [] as Take[],
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(loadUnsent.fulfilled, (_, { payload }) => payload)
      .addCase(takeChanged, (state, { payload }) => {
        const at = state.findIndex((take) => take.id === payload.id)
        if (at === -1) state.unshift(payload)
        else state[at] = payload
      })
      .addCase(takeRemoved, (state, { payload }) => without(state, payload.takeId))
      .addCase(sendUnsent.fulfilled, (state, { meta }) => without(state, meta.arg))
      .addCase(discardUnsent.fulfilled, (state, { meta }) => without(state, meta.arg))
  },
})

export const unsentReducer = unsent.reducer
export const selectUnsent = (state: { unsent: Take[] }): Take[] => state.unsent
