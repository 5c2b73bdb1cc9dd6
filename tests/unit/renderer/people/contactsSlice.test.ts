import { expect, it, vi } from 'vitest'
import type { PeoplePage } from '../../../../preload/contract/people'
import { contactsChanged, personChanged } from '../../../../renderer/app/bridgeEvents'
import { contactsSearched, loadContacts, selectContacts } from '../../../../renderer/people/contactsSlice'
import { bob } from '../examples'
import { storeWith } from '../fakeBridge'

const next = { sortName: 'bob', personId: bob.id }
const page = (...names: string[]): PeoplePage => ({
  people: names.map((name) => ({ ...bob, id: name, name })),
  next: null,
  count: names.length,
})
const shown = (store: ReturnType<typeof storeWith>) =>
  selectContacts(store.getState()).people.map(({ name }) => name)

it('adds page to page', async () => {
  const ask = vi.fn(({ after }: { after: unknown }) =>
    after === null ? { ...page('Ana'), next, count: 2 } : page('Bob'),
  )
  const store = storeWith({ 'people/page': ask })
  await store.dispatch(loadContacts('top'))
  await store.dispatch(loadContacts('next'))
  expect(shown(store)).toEqual(['Ana', 'Bob'])
  await store.dispatch(loadContacts('next'))
  expect(ask).toHaveBeenCalledTimes(2)
})

it('drops the answer to a search that was changed meanwhile', async () => {
  const answers = new Map<string, (page: PeoplePage) => void>()
  const store = storeWith({
    'people/page': ({ query }) => new Promise((answer) => answers.set(query, answer)),
  })
  store.dispatch(contactsSearched('a'))
  const first = store.dispatch(loadContacts('top'))
  await vi.waitFor(() => expect(answers.has('a')).toBe(true))
  store.dispatch(contactsSearched('an'))
  const second = store.dispatch(loadContacts('top'))
  await vi.waitFor(() => expect(answers.has('an')).toBe(true))
  answers.get('an')?.(page('Ana'))
  await second
  answers.get('a')?.(page('Ana', 'Bea'))
  await first
  expect(shown(store)).toEqual(['Ana'])
  expect(selectContacts(store.getState()).phase).toBe('shown')
})

it('reads anew what changed, and shows a changed person at once', async () => {
  const store = storeWith({ 'people/page': () => page('Ana', 'Bob') })
  await store.dispatch(loadContacts('top'))
  store.dispatch(personChanged({ ...bob, id: 'Bob', name: 'Robert' }))
  store.dispatch(personChanged({ ...bob, id: 'stranger' }))
  expect(shown(store)).toEqual(['Ana', 'Robert'])
  store.dispatch(contactsChanged(null))
  expect(selectContacts(store.getState()).phase).toBe('stale')
})

it('says when it can’t be read', async () => {
  const store = storeWith({})
  await store.dispatch(loadContacts('top'))
  expect(selectContacts(store.getState()).phase).toBe('failed')
})
