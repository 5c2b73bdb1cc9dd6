import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../../../preload/contract/history'
import { historyChanged } from '../../../../renderer/app/bridgeEvents'
import { loadThread, selectThread } from '../../../../renderer/history/threadSlice'
import { deferred } from '../deferred'
import { anEntry, bob } from '../examples'
import { storeWith } from '../fakeBridge'

describe('the thread with one person', () => {
  it('does not show another person’s calls when answers come late', async () => {
    const late = deferred<HistoryEntry[]>()
    const store = storeWith({
      'history/thread': ({ personId }) => (personId === 'bob' ? late.promise : [anEntry({ id: 'ana' })]),
    })
    const bobs = store.dispatch(loadThread('bob'))
    await store.dispatch(loadThread('ana'))
    late.resolve([anEntry({ id: 'bob' })])
    await bobs
    expect(selectThread(store.getState()).entries.map(({ call }) => call.id)).toEqual(['ana'])
  })

  it('takes in new calls with this person only', async () => {
    const store = storeWith({ 'history/thread': () => [] })
    await store.dispatch(loadThread(bob.id))
    store.dispatch(historyChanged(anEntry({ id: 'new' })))
    store.dispatch(historyChanged({ ...anEntry({ id: 'other' }), person: { ...bob, id: 'ana' } }))
    expect(selectThread(store.getState()).entries.map(({ call }) => call.id)).toEqual(['new'])
  })
})
