import { expect, test } from 'vitest'
import { failed, ok } from '../../../../preload/contract/result'
import { personChanged } from '../../../../renderer/app/bridgeEvents'
import { loadBlocked, selectBlocked, setBlocked } from '../../../../renderer/people/blockedSlice'
import { bob } from '../examples'
import { storeWith } from '../fakeBridge'

const carol = { ...bob, id: crypto.randomUUID(), name: 'Carol' }
const names = (store: ReturnType<typeof storeWith>) => selectBlocked(store.getState()).map(({ name }) => name)

test('the blocked are listed by name, and follow what is told of people', async () => {
  const store = storeWith({ 'people/blocked': () => [{ ...carol, blocked: true }] })
  await store.dispatch(loadBlocked())
  store.dispatch(personChanged({ ...bob, blocked: true }))
  expect(names(store)).toEqual(['Bob', 'Carol'])
  store.dispatch(personChanged({ ...bob, blocked: true, name: 'Robert' }))
  expect(names(store)).toEqual(['Carol', 'Robert'])
  store.dispatch(personChanged(carol))
  expect(names(store)).toEqual(['Robert'])
  const before = selectBlocked(store.getState())
  store.dispatch(personChanged(carol))
  expect(selectBlocked(store.getState())).toBe(before)
})

test('somebody who is gone is said in a sentence', async () => {
  const store = storeWith({ 'people/setBlocked': () => failed({ kind: 'person-unknown' }) })
  await store.dispatch(setBlocked({ personId: bob.id, blocked: true }))
  expect(store.getState().notices).toMatchObject([{ key: 'failures.personUnknown' }])
  const working = storeWith({ 'people/setBlocked': () => ok({ ...bob, blocked: true }) })
  await working.dispatch(setBlocked({ personId: bob.id, blocked: true }))
  expect(working.getState().notices).toEqual([])
})
