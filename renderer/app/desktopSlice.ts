import { createSlice } from '@reduxjs/toolkit'
import type { DesktopInfo } from '../../preload/contract/desktop'
import { networkChanged } from './bridgeEvents'

/** Always replaced by what `index.tsx` asked for. */
const unknown: DesktopInfo = { version: '', platform: 'linux', network: { kind: 'off' } }

const desktop = createSlice({
  name: 'desktop',
  initialState: unknown,
  reducers: {},
  extraReducers: (builder) => {
    builder.addCase(networkChanged, (state, { payload }) => {
      state.network = payload
    })
  },
})

export const desktopReducer = desktop.reducer
export const selectDesktop = (state: { desktop: DesktopInfo }): DesktopInfo => state.desktop
