import { createSlice, original, type PayloadAction } from '@reduxjs/toolkit'
import type {
  FilterNews,
  HistoryCursor,
  HistoryEntry,
  HistoryFilter,
  HistoryPage,
  Unseen,
} from '../../preload/contract/history'
import {
  filtersChanged,
  historyChanged,
  historyRemoved,
  historyRestored,
  peopleMerged,
  personChanged,
  unseenChanged,
} from '../app/bridgeEvents'
import { createAppThunk } from '../app/requests'
import { passes, withEntry } from './entryList'
import { allMarks, type Marks, noMarks, toggled, without } from './marks'
import type { ThreadState } from './threadSlice'

const PAGE = 50

export type HistoryState = {
  filter: HistoryFilter
  /** What names, addresses and notes are searched for; '' shows the filter's calls. */
  search: string
  filters: FilterNews[]
  /** Newest first, without holes: the part of the list between `newer` and `next`. */
  entries: HistoryEntry[]
  /** Where the page above begins; null when the newest call is here. */
  newer: HistoryCursor | null
  /** Where the page below begins; null when the oldest call is here. */
  next: HistoryCursor | null
  /** `stale`: something else is to be shown, and its first page is on its way. */
  phase: 'stale' | 'loading' | 'shown' | 'failed'
  unseen: Unseen
  marks: Marks
  /** Calls of misses in a row that were opened. */
  opened: string[]
  /** A call on the stage that is in no list that is loaded. */
  single: HistoryEntry | null
  /** It was asked for, and there is no such call. */
  absent: string | null
}

const initialState: HistoryState = {
  filter: 'all',
  search: '',
  filters: [],
  entries: [],
  newer: null,
  next: null,
  phase: 'stale',
  unseen: { missedCalls: 0, messages: 0 },
  marks: noMarks,
  opened: [],
  single: null,
  absent: null,
}

/** `top` and `end` show the newest and the oldest calls; the others add the page above or below. */
export type LoadFrom = 'top' | 'end' | 'newer' | 'next'

/** The part of the whole state that this slice reads; it does not know the rest. */
type WithHistory = { history: HistoryState }

/** Fetches a page of what the filter and the search ask for. */
export const loadHistory = createAppThunk(
  'history/load',
  async (from: LoadFrom, { extra, getState }) => {
    const { filter, search, newer, next } = (getState() as WithHistory).history
    const page = await extra.bridge.history.page({
      filter,
      search,
      after: from === 'next' ? next : from === 'newer' ? newer : null,
      towards: from === 'end' || from === 'newer' ? 'newer' : 'older',
      limit: PAGE,
    })
    return { filter, search, from, page }
  },
  {
    condition: (from, { getState }) => {
      const { newer, next, phase } = (getState() as WithHistory).history
      if (from === 'next') return next !== null && phase === 'shown'
      if (from === 'newer') return newer !== null && phase === 'shown'
      return true
    },
  },
)

export const loadUnseen = createAppThunk('history/loadUnseen', (_: undefined, { extra }) =>
  extra.bridge.history.unseen(),
)

export const loadFilters = createAppThunk('history/loadFilters', (_: undefined, { extra }) =>
  extra.bridge.history.filters(),
)

/** A call that the stage shows and no list has. */
export const loadEntry = createAppThunk('history/loadEntry', (callId: string, { extra }) =>
  extra.bridge.history.entry({ callId }),
)

/** The person looked at this call. */
export const markSeen = createAppThunk('history/markSeen', (callId: string, { extra }) =>
  extra.bridge.calls.markSeen({ callId }),
)

/** The list without Immer's proxies, of which it would make one for each of very many entries. */
const listed = (state: HistoryState): HistoryEntry[] => original(state)?.entries ?? state.entries

function addPage(state: HistoryState, from: LoadFrom, { entries, next }: HistoryPage): void {
  switch (from) {
    case 'top':
      Object.assign(state, { entries, newer: null, next })
      return
    case 'end':
      Object.assign(state, { entries, newer: next, next: null })
      return
    case 'next':
      state.entries = [...listed(state), ...entries]
      state.next = next
      return
    case 'newer':
      state.entries = [...entries, ...listed(state)]
      state.newer = next
  }
}

/** Something else is to be shown from its top. */
const begin = (state: HistoryState, change: Partial<HistoryState>) =>
  Object.assign(state, { newer: null, next: null, phase: 'stale', marks: noMarks, opened: [], ...change })

const history = createSlice({
  name: 'history',
  initialState,
  reducers: {
    filterChosen: (state, { payload }: PayloadAction<HistoryFilter>) => {
      if (state.filter !== payload) begin(state, { filter: payload, entries: [] })
    },
    /** What was found before stays in sight until the next is here: it is a moment only, for every letter. */
    searched: (state, { payload }: PayloadAction<string>) => {
      if (state.search !== payload) begin(state, { search: payload })
    },
    marksSet: (state, { payload }: PayloadAction<Marks>) => {
      state.marks = payload
    },
    marksToggled: (state, { payload }: PayloadAction<string[]>) => {
      state.marks = toggled(state.marks, payload)
    },
    allMarked: (state) => {
      state.marks = allMarks
    },
    marksCleared: (state) => {
      state.marks = noMarks
    },
    missesOpened: (state, { payload }: PayloadAction<string[]>) => {
      state.opened.push(...payload)
    },
    missesClosed: (state, { payload }: PayloadAction<string[]>) => {
      const closed = new Set(payload)
      state.opened = state.opened.filter((callId) => !closed.has(callId))
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
      .addCase(loadHistory.fulfilled, (state, { payload: { filter, search, from, page } }) => {
        // An answer for what is no longer asked for; what is, is on its way.
        if (filter !== state.filter || search !== state.search) return
        addPage(state, from, page)
        state.phase = 'shown'
      })
      .addCase(loadEntry.fulfilled, (state, { payload, meta }) => {
        state.single = payload
        state.absent = payload === null ? meta.arg : null
      })
      .addCase(historyChanged, (state, { payload }) => {
        state.entries = withEntry(listed(state), payload, state)
        if (state.single?.call.id === payload.call.id) state.single = payload
      })
      .addCase(historyRemoved, (state, { payload }) => {
        const gone = new Set(payload.callIds)
        state.entries = listed(state).filter(({ call }) => !gone.has(call.id))
        state.marks = without(state.marks, gone)
        if (state.single && gone.has(state.single.call.id)) state.single = null
      })
      .addCase(historyRestored, (state, { payload: { entries } }) => {
        if (entries === null || state.search !== '') state.phase = 'stale'
        else state.entries = entries.reduce((list, entry) => withEntry(list, entry, state), listed(state))
      })
      .addCase(personChanged, (state, { payload }) => {
        if (state.single?.person.id === payload.id) state.single.person = payload
        if (!listed(state).some(({ person }) => person.id === payload.id)) return
        const renamed = listed(state).map((entry) =>
          entry.person.id === payload.id ? { ...entry, person: payload } : entry,
        )
        state.entries =
          state.filter === 'unknown' ? renamed.filter((entry) => passes('unknown', entry)) : renamed
      })
      .addCase(peopleMerged, (state) => {
        state.phase = 'stale'
      })
      .addCase(unseenChanged, (state, { payload }) => {
        state.unseen = payload
      })
      .addCase(loadUnseen.fulfilled, (state, { payload }) => {
        state.unseen = payload
      })
      .addCase(filtersChanged, (state, { payload }) => {
        state.filters = payload
      })
      .addCase(loadFilters.fulfilled, (state, { payload }) => {
        state.filters = payload
      })
  },
})

export const {
  filterChosen,
  searched,
  marksSet,
  marksToggled,
  allMarked,
  marksCleared,
  missesOpened,
  missesClosed,
} = history.actions
export const historyReducer = history.reducer

export const selectHistory = (state: WithHistory): HistoryState => state.history
export const selectEntry = (
  { history, thread }: WithHistory & { thread: ThreadState },
  callId: string,
): HistoryEntry | undefined => {
  const isIt = ({ call }: HistoryEntry) => call.id === callId
  const single = history.single && isIt(history.single) ? history.single : undefined
  return history.entries.find(isIt) ?? thread.entries.find(isIt) ?? single
}
