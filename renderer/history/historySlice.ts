import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { HistoryCursor, HistoryEntry, HistoryFilter, Unseen } from '../../preload/contract/history'
import { historyChanged, personChanged, unseenChanged } from '../app/bridgeEvents'
import { createAppThunk } from '../app/requests'
import { withEntry } from './entryList'
import type { ThreadState } from './threadSlice'

const PAGE = 50

type HistoryState = {
  filter: HistoryFilter
  /** Newest first, without holes: from the newest call down to `next`. */
  entries: HistoryEntry[]
  /** Where the next page begins; null when all is here. */
  next: HistoryCursor | null
  /** `stale`: the filter changed and its first page is on its way. */
  phase: 'stale' | 'loading' | 'shown' | 'failed'
  unseen: Unseen
}

const initialState: HistoryState = {
  filter: 'all',
  entries: [],
  next: null,
  phase: 'stale',
  unseen: { missedCalls: 0, messages: 0 },
}

/** Fetches the first page of the chosen filter, or the one after what is shown. */
export const loadHistory = createAppThunk(
  'history/load',
  async (from: 'top' | 'next', { extra, getState }) => {
    const { filter, next } = (getState() as WithHistory).history
    const page = await extra.bridge.history.page({
      filter,
      after: from === 'top' ? null : next,
      limit: PAGE,
    })
    return { filter, from, page }
  },
  {
    condition: (from, { getState }) => {
      const { next, phase } = (getState() as WithHistory).history
      return from === 'top' || (next !== null && phase === 'shown')
    },
  },
)

export const loadUnseen = createAppThunk('history/loadUnseen', (_: undefined, { extra }) =>
  extra.bridge.history.unseen(),
)

/** The person looked at this call. */
export const markSeen = createAppThunk('history/markSeen', (callId: string, { extra }) =>
  extra.bridge.calls.markSeen({ callId }),
)

const history = createSlice({
  name: 'history',
  initialState,
  reducers: {
    filterChosen: (state, { payload }: PayloadAction<HistoryFilter>) => {
      if (state.filter === payload) return
      Object.assign(state, { filter: payload, entries: [], next: null, phase: 'stale' })
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(loadHistory.pending, (state) => {
        state.phase = 'loading'
      })
      .addCase(loadHistory.rejected, (state) => {
        state.phase = 'failed'
      })
      .addCase(loadHistory.fulfilled, (state, { payload: { filter, from, page } }) => {
        // An answer for a filter that is no longer chosen; the chosen one's own is on its way.
        if (filter !== state.filter) return
        state.entries = from === 'top' ? page.entries : [...state.entries, ...page.entries]
        state.next = page.next
        state.phase = 'shown'
      })
      .addCase(historyChanged, (state, { payload }) => {
        state.entries = withEntry(state.entries, payload, state)
      })
      .addCase(personChanged, (state, { payload }) => {
        for (const entry of state.entries) if (entry.person.id === payload.id) entry.person = payload
      })
      .addCase(unseenChanged, (state, { payload }) => {
        state.unseen = payload
      })
      .addCase(loadUnseen.fulfilled, (state, { payload }) => {
        state.unseen = payload
      })
  },
})

export const { filterChosen } = history.actions
export const historyReducer = history.reducer
/** The part of the whole state that these selectors read; the slice does not know the rest. */
type WithHistory = { history: HistoryState; thread: ThreadState }

export const selectHistory = (state: WithHistory): HistoryState => state.history
export const selectEntry = (state: WithHistory, callId: string): HistoryEntry | undefined =>
  state.history.entries.find(({ call }) => call.id === callId) ??
  state.thread.entries.find(({ call }) => call.id === callId)
