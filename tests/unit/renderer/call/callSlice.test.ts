import { describe, expect, it } from 'vitest'
import type { Signal } from '../../../../preload/contract/calls'
import { callChanged, callConnect, callSignal } from '../../../../renderer/app/bridgeEvents'
import {
  callLeft,
  callReducer,
  cameraSwitched,
  loadCurrentCall,
  microphoneSwitched,
} from '../../../../renderer/call/callSlice'
import { aCall, ended, ringing } from './sampleCalls'

const fresh = callReducer(undefined, { type: 'start' })
type State = typeof fresh
const stateAfter = (...actions: Parameters<typeof callReducer>[1][]): State =>
  actions.reduce<State>((state, action) => callReducer(state, action), fresh)

const offered: Signal = { kind: 'description', type: 'offer', sdp: 'v=0' }
const connect = callConnect({ callId: 'call', offer: false, plain: false })
const signal = callSignal({ callId: 'call', signal: offered })
const connecting = aCall({ direction: 'in', state: { phase: 'connecting' } })

describe('the call on the stage', () => {
  it('is ours from the first ring to its offer, and leaves when the person is done', () => {
    expect(stateAfter(callChanged(aCall())).current?.state.phase).toBe('dialing')
    const offer = stateAfter(callChanged(aCall()), callChanged(aCall({ state: ended('unanswered') })))
    expect(offer.current?.state.phase).toBe('ended')
    // Leaving what was before, a call that was sent a message, must not close the one that runs now.
    expect(callReducer(offer, callLeft('another call'))).toBe(offer)
    expect(callReducer(offer, callLeft(offer.current?.id ?? '')).current).toBeNull()
  })

  it.each(['answered', 'cancelled'] as const)('leaves by itself after %s', (outcome) => {
    expect(stateAfter(callChanged(aCall()), callChanged(aCall({ state: ended(outcome) }))).current).toBeNull()
  })

  it('stays to say that the connection broke', () => {
    expect(
      stateAfter(callChanged(connecting), callChanged({ ...connecting, state: ended('failed') })).current?.id,
    ).toBe('call')
  })

  it('is not disturbed by old news of another call', () => {
    const state = stateAfter(
      callChanged(aCall()),
      callChanged(aCall({ id: 'old', state: ended('unanswered') })),
    )
    expect(state.current?.id).toBe('call')
  })

  it('is not the one that only rings here', () => {
    const state = stateAfter(callChanged(aCall({ direction: 'in', state: ringing })))
    expect(state.current).toBeNull()
    expect(state.ringing?.id).toBe('call')
    expect(callReducer(state, callChanged(connecting))).toMatchObject({
      current: { id: 'call' },
      ringing: null,
    })
    const missed = aCall({ direction: 'in', state: ended('unanswered') })
    expect(callReducer(state, callChanged(missed))).toMatchObject({ current: null, ringing: null })
  })

  it('is asked for by a window that opens late', () => {
    expect(stateAfter({ type: loadCurrentCall.fulfilled.type, payload: null })).toEqual(fresh)
    expect(stateAfter({ type: loadCurrentCall.fulfilled.type, payload: connecting }).current?.id).toBe('call')
  })
})

describe('the switches', () => {
  it('begin with the camera on in a video call only', () => {
    expect(stateAfter(callChanged(aCall())).cameraOn).toBe(true)
    expect(stateAfter(callChanged(aCall({ media: 'audio' }))).cameraOn).toBe(false)
  })

  it('stay as they are while the call goes on, and are fresh for the next', () => {
    const muted = stateAfter(callChanged(connecting), microphoneSwitched(false), cameraSwitched(false))
    const connected = callReducer(
      muted,
      callChanged({ ...connecting, state: { phase: 'connected', since: 0 } }),
    )
    expect(connected).toMatchObject({ microphoneOn: false, cameraOn: false })
    expect(callReducer(connected, callChanged(aCall({ id: 'next' })))).toMatchObject({
      microphoneOn: true,
      cameraOn: true,
    })
  })
})

describe('what the other end says', () => {
  it('is kept in order, also when it is quicker than the news of its call', () => {
    const late = stateAfter(connect, signal, callChanged(connecting))
    expect(late.signals).toEqual([offered])
    expect(late.connect?.callId).toBe('call')
    expect(stateAfter(callChanged(connecting), connect, signal, signal).signals).toHaveLength(2)
  })

  it('in another call is not heard', () => {
    expect(stateAfter(connect, callSignal({ callId: 'other', signal: offered })).signals).toEqual([])
    expect(stateAfter(connect, signal, callChanged(aCall({ id: 'next' })))).toMatchObject({
      connect: null,
      signals: [],
    })
  })
})
