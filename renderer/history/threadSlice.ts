import { createSlice } from '@reduxjs/toolkit'
import type { HistoryEntry } from '../../preload/contract/history'
import { historyChanged, historyRemoved, historyRestored, personChanged } from '../app/bridgeEvents'
import { createAppThunk } from '../app/requests'
import { withEntry } from './entryList'

export type ThreadState = { personId: string | null; entries: HistoryEntry[] }

const initialState: ThreadState = { personId: null, entries: [] }

const wholeList = { filter: 'all', search: '', newer: null, next: null } as const

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
        state.entries = withEntry(state.entries, payload, wholeList)
      })
      .addCase(historyRemoved, (state, { payload }) => {
        const gone = new Set(payload.callIds)
        state.entries = state.entries.filter(({ call }) => !gone.has(call.id))
      })
      .addCase(historyRestored, (state, { payload: { entries } }) => {
        for (const entry of entries ?? []) {
          if (entry.person.id === state.personId) state.entries = withEntry(state.entries, entry, wholeList)
        }
      })
      .addCase(personChanged, (state, { payload }) => {
        for (const entry of state.entries) if (entry.person.id === payload.id) entry.person = payload
      })
  },
})

export const threadReducer = thread.reducer
export const selectThread = (state: { thread: ThreadState }): ThreadState => state.thread
