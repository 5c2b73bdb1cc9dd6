import { createSlice } from '@reduxjs/toolkit'
import type { Settings } from '../../preload/contract/settings'
import { settingsChanged } from '../app/bridgeEvents'
import { createAppThunk } from '../app/requests'

/** Always replaced by what `index.tsx` asked for; the defaults themselves are main's. */
const unknown: Settings = {
  name: '',
  welcomed: true,
  ringSeconds: 45,
  countdownSeconds: 3,
  acceptVideoSeconds: 0,
  acceptAudioSeconds: 0,
  acceptNotes: false,
  note: '',
  playedReceipts: false,
  available: true,
  unavailableUntil: null,
  unavailableNote: '',
  whoCanRing: 'everyone',
  silenceUnknown: false,
  look: 'system',
  cameraId: '',
  microphoneId: '',
  speakerId: '',
  notificationPreview: 'full',
  keepMessages: 'forever',
  emergencyNoteSeen: false,
}

/** Changes some settings, at once; what main then keeps comes back. */
export const changeSettings = createAppThunk('settings/change', (change: Partial<Settings>, { extra }) =>
  extra.bridge.settings.change(change),
)

const settings = createSlice({
  name: 'settings',
  initialState: unknown,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(settingsChanged, (_, { payload }) => payload)
      .addCase(changeSettings.fulfilled, (_, { payload }) => payload)
  },
})

export const settingsReducer = settings.reducer
export const selectSettings = (state: { settings: Settings }): Settings => state.settings
