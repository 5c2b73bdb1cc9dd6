import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { Take } from '../../preload/contract/takes'

const recorder = createSlice({
  name: 'recorder',
  initialState: {},
  reducers: {
    /** Shows an unsent take's preview on the stage. */
    previewOpened: (_state, _action: PayloadAction<Take>) => undefined,
  },
})

export const { previewOpened } = recorder.actions
export const recorderReducer = recorder.reducer
