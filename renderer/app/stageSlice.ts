import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import { inviteOpened, peopleMerged, showCallAsked } from './bridgeEvents'

/** What was chosen for the stage. A call under way stands before it, see `Stage.tsx`. */
export type Selection =
  | { kind: 'nothing' }
  /** `plays` counts how often playing was asked for from outside the player. */
  | { kind: 'call'; callId: string; plays: number }
  | { kind: 'person'; personId: string }
  /** Whom to call: people nearby, saved people, an invite. `link` is an invite to begin with. */
  | { kind: 'people'; link: string }
  /** What strangers want. */
  | { kind: 'requests' }

type StageState = { selection: Selection; settingsOpen: boolean }

const initialState: StageState = { selection: { kind: 'nothing' }, settingsOpen: false }

const stage = createSlice({
  name: 'stage',
  initialState,
  reducers: {
    callSelected: (state, { payload }: PayloadAction<string>) => {
      state.selection = { kind: 'call', callId: payload, plays: 0 }
    },
    /** Shows a call and plays its message, or pauses it when it plays already. */
    callPlayed: (state, { payload }: PayloadAction<string>) => {
      const { selection } = state
      const before = selection.kind === 'call' && selection.callId === payload ? selection.plays : 0
      state.selection = { kind: 'call', callId: payload, plays: before + 1 }
    },
    personSelected: (state, { payload }: PayloadAction<string>) => {
      state.selection = { kind: 'person', personId: payload }
    },
    peopleOpened: (state) => {
      state.selection = { kind: 'people', link: '' }
    },
    requestsOpened: (state) => {
      state.selection = { kind: 'requests' }
    },
    /** Back to the history, where the window shows one of the two at a time. */
    stageLeft: (state) => {
      state.selection = { kind: 'nothing' }
    },
    settingsOpened: (state) => {
      state.settingsOpen = true
    },
    settingsClosed: (state) => {
      state.settingsOpen = false
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(showCallAsked, (state, { payload }) => {
        state.selection = { kind: 'call', callId: payload.callId, plays: 0 }
        state.settingsOpen = false
      })
      .addCase(peopleMerged, (state, { payload: { from, into } }) => {
        const { selection } = state
        if (selection.kind === 'person' && selection.personId === from) selection.personId = into
      })
      .addCase(inviteOpened, (state, { payload }) => {
        state.selection = { kind: 'people', link: payload.link }
        state.settingsOpen = false
      })
  },
})

export const {
  callSelected,
  callPlayed,
  personSelected,
  peopleOpened,
  requestsOpened,
  stageLeft,
  settingsOpened,
  settingsClosed,
} = stage.actions
export const stageReducer = stage.reducer
export const selectSelection = (state: { stage: StageState }): Selection => state.stage.selection
export const selectSettingsOpen = (state: { stage: StageState }): boolean => state.stage.settingsOpen
