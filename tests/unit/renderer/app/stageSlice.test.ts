import { describe, expect, it } from 'vitest'
import { inviteOpened, showCallAsked } from '../../../../renderer/app/bridgeEvents'
import {
  callPlayed,
  callSelected,
  selectSelection,
  selectSettingsOpen,
  settingsOpened,
  stageLeft,
} from '../../../../renderer/app/stageSlice'
import { storeWith } from '../fakeBridge'

describe('the stage', () => {
  it('shows what a notification or a link asks for, settings or not', () => {
    const store = storeWith({})
    store.dispatch(settingsOpened())
    store.dispatch(showCallAsked({ callId: 'call' }))
    expect(selectSelection(store.getState())).toEqual({ kind: 'call', callId: 'call', plays: 0 })
    expect(selectSettingsOpen(store.getState())).toBe(false)
    store.dispatch(inviteOpened({ link: 'aftertone:add?x' }))
    expect(selectSelection(store.getState())).toEqual({ kind: 'people', link: 'aftertone:add?x' })
  })

  it('counts how often playing was asked for, anew for each call', () => {
    const store = storeWith({})
    store.dispatch(callPlayed('one'))
    store.dispatch(callPlayed('one'))
    expect(selectSelection(store.getState())).toMatchObject({ callId: 'one', plays: 2 })
    store.dispatch(callPlayed('two'))
    expect(selectSelection(store.getState())).toMatchObject({ callId: 'two', plays: 1 })
    store.dispatch(callSelected('two'))
    expect(selectSelection(store.getState())).toMatchObject({ callId: 'two', plays: 0 })
    store.dispatch(stageLeft())
    expect(selectSelection(store.getState())).toEqual({ kind: 'nothing' })
  })
})
