import { describe, expect, it } from 'vitest'
import type { Call, CallState } from '../../../../preload/contract/calls'
import { callChanged, takeRemoved } from '../../../../renderer/app/bridgeEvents'
import { sendUnsent } from '../../../../renderer/history/unsentSlice'
import { previewOpened, recorderReducer } from '../../../../renderer/recorder/recorderSlice'
import { aTake, states } from './sampleStates'

const call = (direction: Call['direction'], state: CallState): Call => ({
  id: 'other',
  personId: 'carol',
  direction,
  media: 'audio',
  startedAt: 0,
  state,
  seen: true,
  late: false,
})
const over: CallState = { phase: 'ended', outcome: 'unanswered', at: 0, talkedMs: 0, accepts: null }

describe('a call comes first', () => {
  it('closes the recorder when we are called and answer, or call someone', () => {
    expect(recorderReducer(states.recording, callChanged(call('in', { phase: 'connecting' }))).phase).toBe(
      'closed',
    )
    expect(recorderReducer(states.preview, callChanged(call('out', { phase: 'dialing' }))).phase).toBe(
      'closed',
    )
  })

  it('records on while it only rings here, or when another call has ended', () => {
    const ringing: CallState = { phase: 'ringing', until: 1, accepts: null }
    expect(recorderReducer(states.recording, callChanged(call('in', ringing)))).toBe(states.recording)
    expect(recorderReducer(states.recording, callChanged(call('out', over)))).toBe(states.recording)
  })
})

it('shows an unsent take, with the longest length for a retake', () => {
  const take = aTake({ kind: 'audio' })
  expect(recorderReducer(states.closed, previewOpened(take))).toMatchObject({
    phase: 'preview',
    take,
    target: { callId: 'call', kind: 'audio', limitMs: 300_000 },
  })
})

describe('sending', () => {
  const pending = recorderReducer(states.preview, sendUnsent.pending('1', 'take'))

  it('leaves the preview only when main has taken it over', () => {
    expect(pending).toMatchObject({ phase: 'preview', sending: true })
    expect(recorderReducer(pending, takeRemoved({ takeId: 'take' }))).toEqual(pending)
    expect(recorderReducer(pending, { type: sendUnsent.fulfilled.type, meta: { arg: 'take' } }).phase).toBe(
      'closed',
    )
    expect(recorderReducer(pending, { type: sendUnsent.rejected.type, meta: { arg: 'take' } })).toMatchObject(
      {
        phase: 'preview',
        sending: false,
      },
    )
  })

  it('of another take changes nothing', () => {
    expect(recorderReducer(states.preview, sendUnsent.pending('1', 'another'))).toEqual(states.preview)
  })
})
