import { createSlice, type PayloadAction } from '@reduxjs/toolkit'
import type { Call, Signal } from '../../preload/contract/calls'
import type { Medium } from '../../preload/contract/ids'
import { callChanged, callConnect, callSignal } from '../app/bridgeEvents'
import { createAppThunk, createRequest } from '../app/requests'
import type { RecorderState } from '../recorder/recorderState'
import { afterCallChange, type StageCalls } from './stageCalls'

export const placeCall = createRequest('call/place', (bridge, call: { personId: string; media: Medium }) =>
  bridge.calls.place(call),
)
export const answerCall = createRequest('call/answer', (bridge, callId: string) =>
  bridge.calls.answer({ callId }),
)
export const declineCall = createRequest('call/decline', (bridge, callId: string) =>
  bridge.calls.decline({ callId }),
)
/** Already over is what was wanted, so a failure is not worth a sentence. */
export const hangUp = createRequest(
  'call/hangUp',
  (bridge, callId: string) => bridge.calls.end({ callId, reason: 'hung-up' }),
  { failures: 'inline' },
)
export const sendNote = createRequest('call/sendNote', (bridge, note: { callId: string; text: string }) =>
  bridge.messages.sendNote(note),
)

/** A window that opens in the middle of a call asks for it. */
export const loadCurrentCall = createAppThunk('call/loadCurrent', (_: undefined, { extra }) =>
  extra.bridge.calls.current(),
)

type CallState = StageCalls & {
  /** Main's word to make the peer connection, and what the other end has said so far, in order. */
  connect: { callId: string; offer: boolean; plain: boolean } | null
  signals: Signal[]
  /** The person's own switches during a call. */
  microphoneOn: boolean
  cameraOn: boolean
}

const initialState: CallState = {
  current: null,
  ringing: null,
  connect: null,
  signals: [],
  microphoneOn: true,
  cameraOn: false,
}

const call = createSlice({
  name: 'call',
  initialState,
  reducers: {
    /** The person is done with what the stage shows after this call; another one may have begun meanwhile. */
    callLeft: (state, { payload: callId }: PayloadAction<string>) =>
      state.current?.id === callId ? { ...initialState, ringing: state.ringing } : state,
    microphoneSwitched: (state, { payload }: PayloadAction<boolean>) => {
      state.microphoneOn = payload
    },
    cameraSwitched: (state, { payload }: PayloadAction<boolean>) => {
      state.cameraOn = payload
    },
  },
  extraReducers: (builder) => {
    const follow = (state: CallState, { payload }: PayloadAction<Call | null>): CallState => {
      if (payload === null) return state
      const calls = afterCallChange(state, payload)
      if (calls.current === null || calls.current.id === state.current?.id) return { ...state, ...calls }
      // `connect` may be quicker than the news of its call.
      const known = state.connect?.callId === calls.current.id ? state : initialState
      const { connect, signals } = known
      return { ...initialState, ...calls, connect, signals, cameraOn: calls.current.media === 'video' }
    }
    builder
      .addCase(callChanged, follow)
      .addCase(placeCall.fulfilled, follow)
      .addCase(answerCall.fulfilled, follow)
      .addCase(loadCurrentCall.fulfilled, follow)
      .addCase(callConnect, (state, { payload }) => {
        state.connect = payload
        state.signals = []
      })
      .addCase(callSignal, (state, { payload }) => {
        if (payload.callId === state.connect?.callId) state.signals.push(payload.signal)
      })
  },
})

export const { callLeft, microphoneSwitched, cameraSwitched } = call.actions
export const callReducer = call.reducer
export const selectCall = (state: { call: CallState }): CallState => state.call
/** Whether the stage belongs to a call, its offer or its recorder now. */
export const selectCallOnStage = (state: { call: CallState; recorder: RecorderState }): boolean =>
  state.call.current !== null || state.recorder.phase !== 'closed'
