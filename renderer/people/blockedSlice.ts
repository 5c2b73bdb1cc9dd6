import { createSlice } from '@reduxjs/toolkit'
import type { Person } from '../../preload/contract/people'
import { personChanged } from '../app/bridgeEvents'
import { createAppThunk, createRequest } from '../app/requests'

/** By name. */
export type BlockedState = Person[]

export const loadBlocked = createAppThunk('blocked/load', (_: undefined, { extra }) =>
  extra.bridge.people.blocked(),
)
/** The answer comes as `people/changed` too. */
export const setBlocked = createRequest(
  'people/setBlocked',
  (bridge, input: { personId: string; blocked: boolean }) => bridge.people.setBlocked(input),
)

const blocked = createSlice({
  name: 'blocked',
  initialState: [] as BlockedState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(loadBlocked.fulfilled, (_, { payload }) => payload)
      .addCase(personChanged, (state, { payload }) => {
        const others = state.filter(({ id }) => id !== payload.id)
        if (!payload.blocked) return others.length === state.length ? state : others
        return [...others, payload].sort((one, other) => one.name.localeCompare(other.name))
      })
  },
})

export const blockedReducer = blocked.reducer
export const selectBlocked = (state: { blocked: BlockedState }): BlockedState => state.blocked
