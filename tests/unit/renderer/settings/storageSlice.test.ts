import { describe, expect, it } from 'vitest'
import type { DueMessages } from '../../../../preload/contract/storage'
import { historyChanged } from '../../../../renderer/app/bridgeEvents'
import { deleteDue, loadStorage, selectStorage } from '../../../../renderer/settings/storageSlice'
import { anEntry } from '../examples'
import { storeWith } from '../fakeBridge'

const due: DueMessages = { count: 0, bytes: 0, now: 1, messages: [] }
const use = { messages: { count: 2, bytes: 5 }, takes: { count: 0, bytes: 0 } }
const answers = {
  'storage/use': () => use,
  'storage/due': () => due,
  'storage/deleteDue': () => ({ count: 1, bytes: 3 }),
}

describe('the storage meter', () => {
  it('is asked for anew after something changed that may count', async () => {
    const store = storeWith(answers)
    const state = () => selectStorage(store.getState())
    expect(state()).toMatchObject({ use: null, stale: true })
    await store.dispatch(loadStorage())
    expect(state()).toEqual({ use, due, stale: false, deleting: false })
    store.dispatch(historyChanged(anEntry()))
    expect(state().stale).toBe(true)
  })

  it('is told once of what was deleted, however many messages it were', async () => {
    const store = storeWith(answers)
    await store.dispatch(loadStorage())
    const deleted = store.dispatch(deleteDue())
    expect(selectStorage(store.getState()).deleting).toBe(true)
    await deleted
    expect(selectStorage(store.getState())).toMatchObject({ deleting: false, stale: true })
  })
})
