import { expect, test } from 'vitest'
import type { Request } from '../../../../preload/contract/requests'
import { failed } from '../../../../preload/contract/result'
import { requestsChanged } from '../../../../renderer/app/bridgeEvents'
import { acceptRequest, loadRequests, selectRequests } from '../../../../renderer/requests/requestsSlice'
import { storeWith } from '../fakeBridge'

const carol: Request = {
  address: 'carol@example.org',
  name: 'Carol',
  number: null,
  addedUs: true,
  messages: [],
}

test('the tray is what main says', async () => {
  const store = storeWith({ 'requests/list': () => [carol] })
  await store.dispatch(loadRequests())
  expect(selectRequests(store.getState())).toEqual([carol])
  store.dispatch(requestsChanged([]))
  expect(selectRequests(store.getState())).toEqual([])
})

test('a request that is gone is said in a sentence', async () => {
  const store = storeWith({ 'requests/accept': () => failed({ kind: 'request-gone' }) })
  await store.dispatch(acceptRequest(carol.address))
  expect(store.getState().notices).toMatchObject([{ key: 'failures.requestGone' }])
})
