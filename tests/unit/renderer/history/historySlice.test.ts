import { describe, expect, it, vi } from 'vitest'
import type { HistoryPage } from '../../../../preload/contract/history'
import {
  historyChanged,
  historyRemoved,
  historyRestored,
  personChanged,
} from '../../../../renderer/app/bridgeEvents'
import { deleteFromHistory, undoDeletion } from '../../../../renderer/history/deletion'
import {
  filterChosen,
  loadHistory,
  marksSet,
  searched,
  selectEntry,
  selectHistory,
} from '../../../../renderer/history/historySlice'
import { deferred } from '../deferred'
import { anEntry, bob } from '../examples'
import { storeWith } from '../fakeBridge'

const calls = [30, 20, 10].map((startedAt) => anEntry({ id: `call-${startedAt}`, startedAt }))
const cursor = { startedAt: 20, callId: 'call-20' }
const firstPage: HistoryPage = { entries: calls.slice(0, 2), next: cursor }
const lastPage: HistoryPage = { entries: calls.slice(2), next: null }
const ids = (store: ReturnType<typeof storeWith>) =>
  selectHistory(store.getState()).entries.map(({ call }) => call.id)

describe('the history', () => {
  it('pages with the cursor of what it has, and stops at the end', async () => {
    const page = vi.fn(({ after }) => (after === null ? firstPage : lastPage))
    const store = storeWith({ 'history/page': page })
    await store.dispatch(loadHistory('top'))
    expect(ids(store)).toEqual(['call-30', 'call-20'])
    await store.dispatch(loadHistory('next'))
    expect(page.mock.lastCall?.[0]).toMatchObject({ filter: 'all', after: cursor })
    expect(ids(store)).toEqual(['call-30', 'call-20', 'call-10'])
    await store.dispatch(loadHistory('next'))
    expect(page).toHaveBeenCalledTimes(2)
  })

  it('asks for one page at a time', async () => {
    const page = vi.fn(({ after }) => (after === null ? firstPage : lastPage))
    const store = storeWith({ 'history/page': page })
    await store.dispatch(loadHistory('top'))
    await Promise.all([store.dispatch(loadHistory('next')), store.dispatch(loadHistory('next'))])
    expect(page).toHaveBeenCalledTimes(2)
  })

  it('throws away an answer for a filter that is no longer chosen', async () => {
    const late = deferred<HistoryPage>()
    const store = storeWith({
      'history/page': ({ filter }) => (filter === 'all' ? late.promise : { entries: [], next: null }),
    })
    const first = store.dispatch(loadHistory('top'))
    store.dispatch(filterChosen('missed'))
    await store.dispatch(loadHistory('top'))
    late.resolve(firstPage)
    await first
    expect(ids(store)).toEqual([])
    expect(selectHistory(store.getState()).phase).toBe('shown')
  })

  it('throws away what an earlier search found', async () => {
    const late = deferred<HistoryPage>()
    const store = storeWith({
      'history/page': ({ search }) => (search === 'b' ? late.promise : lastPage),
    })
    store.dispatch(searched('b'))
    const first = store.dispatch(loadHistory('top'))
    store.dispatch(searched('bo'))
    await store.dispatch(loadHistory('top'))
    late.resolve(firstPage)
    await first
    expect(ids(store)).toEqual(['call-10'])
  })

  it('can be entered at its end, and is read upwards from there', async () => {
    const page = vi.fn(({ after }) =>
      after === null ? { entries: calls.slice(1), next: cursor } : { entries: calls.slice(0, 1), next: null },
    )
    const store = storeWith({ 'history/page': page })
    await store.dispatch(loadHistory('end'))
    expect(page.mock.lastCall?.[0]).toMatchObject({ after: null, towards: 'newer' })
    expect(ids(store)).toEqual(['call-20', 'call-10'])
    // What is new belongs to a page above that is not here yet.
    store.dispatch(historyChanged(anEntry({ id: 'call-40', startedAt: 40 })))
    await store.dispatch(loadHistory('next'))
    expect(ids(store)).toEqual(['call-20', 'call-10'])
    await store.dispatch(loadHistory('newer'))
    expect(page.mock.lastCall?.[0]).toMatchObject({ after: cursor, towards: 'newer' })
    expect(ids(store)).toEqual(['call-30', 'call-20', 'call-10'])
    store.dispatch(historyChanged(anEntry({ id: 'call-40', startedAt: 40 })))
    expect(ids(store)[0]).toBe('call-40')
  })

  it('loses what was deleted, and its marks, and gets back what was restored', async () => {
    const store = storeWith({ 'history/page': () => ({ entries: calls, next: null }) })
    await store.dispatch(loadHistory('top'))
    store.dispatch(marksSet({ all: false, callIds: ['call-30', 'call-10'] }))
    store.dispatch(historyRemoved({ callIds: ['call-20', 'call-30'] }))
    expect(ids(store)).toEqual(['call-10'])
    expect(selectHistory(store.getState()).marks.callIds).toEqual(['call-10'])
    store.dispatch(historyRestored({ entries: calls.slice(0, 2) }))
    expect(ids(store)).toEqual(['call-30', 'call-20', 'call-10'])
    store.dispatch(historyRestored({ entries: null }))
    expect(selectHistory(store.getState()).phase).toBe('stale')
  })

  it('offers Undo for what was deleted, says when it is too late, and nothing when nothing went', async () => {
    const store = storeWith({
      'history/delete': ({ kind }) => ({ deletion: 7, count: kind === 'person' ? 0 : 3 }),
      'history/undoDelete': () => ({ ok: false, failure: { kind: 'too-late' } }),
    })
    await store.dispatch(deleteFromHistory({ kind: 'person', personId: 'bob' }))
    expect(store.getState().notices).toEqual([])
    await store.dispatch(deleteFromHistory({ kind: 'calls', callIds: ['a', 'b', 'c'] }))
    expect(store.getState().notices).toMatchObject([
      { key: 'history.deletedCalls', parameters: { count: 3 }, undo: 7 },
    ])
    store.dispatch(undoDeletion(7))
    await vi.waitFor(() =>
      expect(store.getState().notices).toMatchObject([{ tone: 'alert', key: 'failures.tooLate' }]),
    )
  })

  it('says so when it cannot be loaded', async () => {
    const store = storeWith({})
    await store.dispatch(loadHistory('top'))
    expect(selectHistory(store.getState()).phase).toBe('failed')
    expect(store.getState().notices).toMatchObject([{ tone: 'alert', key: 'failures.unexpected' }])
  })

  it('follows a person’s new name and a call’s change', async () => {
    const store = storeWith({ 'history/page': () => firstPage })
    await store.dispatch(loadHistory('top'))
    store.dispatch(personChanged({ ...bob, name: 'Robert' }))
    store.dispatch(historyChanged(anEntry({ id: 'call-40', startedAt: 40 })))
    expect(selectEntry(store.getState(), 'call-30')?.person.name).toBe('Robert')
    expect(ids(store)).toEqual(['call-40', 'call-30', 'call-20'])
  })
})
