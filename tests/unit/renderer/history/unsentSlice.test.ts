import { describe, expect, it } from 'vitest'
import { failed, ok } from '../../../../preload/contract/result'
import { takeChanged, takeRemoved } from '../../../../renderer/app/bridgeEvents'
import { loadUnsent, selectUnsent, sendUnsent } from '../../../../renderer/history/unsentSlice'
import { aMessage, aTake } from '../examples'
import { storeWith } from '../fakeBridge'

describe('unsent takes', () => {
  it('stay until they are sent', async () => {
    const store = storeWith({
      'takes/unsent': () => [aTake()],
      'messages/sendTake': () => ok(aMessage({ direction: 'out', state: { phase: 'waiting' } })),
    })
    await store.dispatch(loadUnsent())
    await store.dispatch(sendUnsent('take'))
    expect(selectUnsent(store.getState())).toEqual([])
  })

  it('are not lost when sending fails, and the failure is said', async () => {
    const store = storeWith({
      'takes/unsent': () => [aTake()],
      'messages/sendTake': () => failed({ kind: 'not-accepted' }),
    })
    await store.dispatch(loadUnsent())
    await store.dispatch(sendUnsent('take'))
    expect(selectUnsent(store.getState())).toHaveLength(1)
    expect(store.getState().notices).toMatchObject([{ tone: 'alert', key: 'failures.notAccepted' }])
  })

  it('follow main', () => {
    const store = storeWith({})
    store.dispatch(takeChanged(aTake({ state: { phase: 'preparing', progress: 0.5 } })))
    store.dispatch(takeChanged(aTake()))
    expect(selectUnsent(store.getState())).toEqual([aTake()])
    store.dispatch(takeRemoved({ takeId: 'take' }))
    expect(selectUnsent(store.getState())).toEqual([])
  })
})
