import { createSlice } from '@reduxjs/toolkit'
import type { HistoryEntry } from '../../preload/contract/history'
import { historyChanged, personChanged } from '../app/bridgeEvents'
import { createAppThunk } from '../app/requests'
import { withEntry } from './entryList'

export type ThreadState = { personId: string | null; entries: HistoryEntry[] }

const initialState: ThreadState = { personId: null, entries: [] }

/** Everything with one person, newest first. */
export const loadThread = createAppThunk('thread/load', (personId: string, { extra }) =>
  extra.bridge.history.thread({ personId }),
)

const thread = createSlice({
  name: 'thread',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(loadThread.pending, (state, { meta }) =>
        meta.arg === state.personId ? state : { personId: meta.arg, entries: [] },
      )
      .addCase(loadThread.fulfilled, (state, { payload, meta }) => {
        if (state.personId === meta.arg) state.entries = payload
      })
      .addCase(historyChanged, (state, { payload }) => {
        if (payload.person.id !== state.personId) return
        state.entries = withEntry(state.entries, payload, { filter: 'all', next: null })
      })
      .addCase(personChanged, (state, { payload }) => {
        for (const entry of state.entries) if (entry.person.id === payload.id) entry.person = payload
      })
  },
})

export const threadReducer = thread.reducer
export const selectThread = (state: { thread: ThreadState }): ThreadState => state.thread
