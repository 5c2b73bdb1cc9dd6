import { createSlice } from '@reduxjs/toolkit'
import type { ImportReport } from '../../preload/contract/people'
import { importProgressed } from '../app/bridgeEvents'
import { createAppThunk, createRequest } from '../app/requests'

type ImportState = {
  /** Of the import under way, 0..1; null: none is. */
  share: number | null
  /** What became of the last one, until it is closed. */
  report: ImportReport | null
}

const initialState: ImportState = { share: null, report: null }

export const importContacts = createRequest('people/import', (bridge, _: undefined) =>
  bridge.people.importFile(),
)
export const exportContacts = createRequest('people/export', (bridge, _: undefined) =>
  bridge.people.exportFile(),
)
export const cancelImport = createAppThunk('people/cancelImport', (_: undefined, { extra }) =>
  extra.bridge.people.cancelImport(),
)
export const undoImport = createAppThunk('people/undoImport', (_: undefined, { extra }) =>
  extra.bridge.people.undoImport(),
)

const imports = createSlice({
  name: 'import',
  initialState,
  reducers: {
    reportClosed: (state) => {
      state.report = null
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(importProgressed, (state, { payload }) => {
        state.share = payload
        if (payload === 0) state.report = null
      })
      .addCase(importContacts.fulfilled, (state, { payload }) => {
        state.report = payload
      })
      .addCase(undoImport.fulfilled, (state) => {
        state.report = null
      })
  },
})

export const { reportClosed } = imports.actions
export const importReducer = imports.reducer
export const selectImport = (state: { import: ImportState }): ImportState => state.import
