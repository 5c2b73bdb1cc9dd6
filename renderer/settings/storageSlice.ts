import { createSlice } from '@reduxjs/toolkit'
import type { DueMessages, StorageUse } from '../../preload/contract/storage'
import { historyChanged, settingsChanged, takeChanged, takeRemoved } from '../app/bridgeEvents'
import { createAppThunk } from '../app/requests'

type StorageState = {
  /** Null until it was asked for. */
  use: StorageUse | null
  due: DueMessages | null
  /** Something changed that may count: ask again. */
  stale: boolean
  deleting: boolean
}

const initialState: StorageState = { use: null, due: null, stale: true, deleting: false }

export const loadStorage = createAppThunk('storage/load', async (_: undefined, { extra: { bridge } }) => {
  const [use, due] = await Promise.all([bridge.storage.use(), bridge.storage.due()])
  return { use, due }
})

/** Deletes what a rule deletes at the next daily run, now. */
export const deleteDue = createAppThunk('storage/deleteDue', (_: undefined, { extra }) =>
  extra.bridge.storage.deleteDue(),
)

const storage = createSlice({
  name: 'storage',
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(loadStorage.pending, (state) => {
        state.stale = false
      })
      .addCase(loadStorage.fulfilled, (state, { payload }) => {
        state.use = payload.use
        state.due = payload.due
      })
      .addCase(deleteDue.pending, (state) => {
        state.deleting = true
      })
      .addMatcher(
        ({ type }) => type === deleteDue.fulfilled.type || type === deleteDue.rejected.type,
        (state) => {
          state.deleting = false
          state.stale = true
        },
      )
      .addMatcher(
        ({ type }) =>
          [historyChanged, settingsChanged, takeChanged, takeRemoved].some(
            (changed) => changed.type === type,
          ),
        (state) => {
          state.stale = true
        },
      )
  },
})

export const storageReducer = storage.reducer
export const selectStorage = (state: { storage: StorageState }): StorageState => state.storage
