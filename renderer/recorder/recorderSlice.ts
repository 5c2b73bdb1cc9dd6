import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { Call } from '../../preload/contract/calls'
import type { Take } from '../../preload/contract/takes'
import { callChanged, takeChanged, takeRemoved } from '../app/bridgeEvents'
import { createRequest } from '../app/requests'
import { prepareUnsentAgain, sendUnsent } from '../history/unsentSlice'
import { longestMessageMs } from './longestMessage'
import { closedRecorder, nextRecorderState, type RecorderEvent, type RecorderState } from './recorderState'

export const saveTake = createRequest('recorder/save', (bridge, takeId: string) =>
  bridge.takes.saveAs({ takeId }),
)

const recorder = createSlice({
  name: 'recorder',
  initialState: closedRecorder as RecorderState,
  reducers: {
    recorderEvent: (state, { payload }: PayloadAction<RecorderEvent>) => nextRecorderState(state, payload),
    /** Shows an unsent take's preview on the stage. */
    previewOpened: (state, { payload: take }: PayloadAction<Take>) => {
      const { callId, personId, kind } = take
      const target = { callId, personId, kind, limitMs: longestMessageMs[kind] }
      return nextRecorderState(state, { type: 'openTake', target, take })
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(takeChanged, (state, { payload }) =>
        nextRecorderState(state, { type: 'takeChanged', take: payload }),
      )
      .addCase(takeRemoved, (state, { payload }) =>
        nextRecorderState(state, { type: 'takeRemoved', takeId: payload.takeId }),
      )
      .addCase(prepareUnsentAgain.fulfilled, (state, { payload }) =>
        nextRecorderState(state, { type: 'takeChanged', take: payload }),
      )
      .addCase(sendUnsent.pending, (state, { meta }) =>
        isPreviewOf(state, meta.arg) ? nextRecorderState(state, { type: 'send' }) : state,
      )
      .addCase(sendUnsent.rejected, (state, { meta }) =>
        isPreviewOf(state, meta.arg) ? nextRecorderState(state, { type: 'sendFailed' }) : state,
      )
      .addCase(sendUnsent.fulfilled, (state, { meta }) =>
        isPreviewOf(state, meta.arg) ? closedRecorder : state,
      )
      // A call comes first: the recorder gives way, and what it has so far is kept as an unsent take.
      .addCase(callChanged, (state, { payload }) => (takesTheStage(payload) ? closedRecorder : state))
  },
})

function takesTheStage({ direction, state }: Call): boolean {
  if (state.phase === 'ended') return false
  return direction === 'out' || state.phase === 'connecting' || state.phase === 'connected'
}

const isPreviewOf = (state: RecorderState, takeId: string): boolean =>
  state.phase === 'preview' && state.take.id === takeId

export const { previewOpened, recorderEvent } = recorder.actions
export const recorderReducer = recorder.reducer
export const selectRecorder = (state: { recorder: RecorderState }): RecorderState => state.recorder
