import { createSlice } from '@reduxjs/toolkit'
import type { Request } from '../../preload/contract/requests'
import { requestsChanged } from '../app/bridgeEvents'
import { createAppThunk, createRequest } from '../app/requests'

export type RequestsState = Request[]

export const loadRequests = createAppThunk('requests/load', (_: undefined, { extra }) =>
  extra.bridge.requests.list(),
)
/** Fulfilled with who it is now. */
export const acceptRequest = createRequest('requests/accept', (bridge, address: string) =>
  bridge.requests.accept({ address }),
)
export const declineRequest = createAppThunk('requests/decline', (address: string, { extra }) =>
  extra.bridge.requests.decline({ address }),
)
export const blockRequest = createAppThunk('requests/block', (address: string, { extra }) =>
  extra.bridge.requests.block({ address }),
)

const requests = createSlice({
  name: 'requests',
  initialState: [] as RequestsState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(loadRequests.fulfilled, (_, { payload }) => payload)
      .addCase(requestsChanged, (_, { payload }) => payload)
  },
})

export const requestsReducer = requests.reducer
export const selectRequests = (state: { requests: RequestsState }): RequestsState => state.requests
