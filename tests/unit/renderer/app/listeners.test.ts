import { describe, expect, it } from 'vitest'
import { failed, ok } from '../../../../preload/contract/result'
import { wrongKeyMet } from '../../../../renderer/app/bridgeEvents'
import { failureText } from '../../../../renderer/app/failureTexts'
import { saveMessage } from '../../../../renderer/app/messageRequests'
import { noticeClosed, noticeShown } from '../../../../renderer/app/noticesSlice'
import { addByInvite, addPerson, selectPeople } from '../../../../renderer/people/peopleSlice'
import { t } from '../../../../renderer/text/text'
import { bob } from '../examples'
import { storeWith } from '../fakeBridge'

const shown = (store: ReturnType<typeof storeWith>) =>
  store.getState().notices.map(({ key, parameters }) => t(key, parameters))

describe('a failed action', () => {
  it('is always said in a sentence', async () => {
    const store = storeWith({ 'messages/saveAs': () => failed({ kind: 'disk-full' }) })
    await store.dispatch(saveMessage('message'))
    expect(shown(store)).toEqual(['Your disk is full. Make some room and try again.'])
  })

  it('is said too when main has no word for it', async () => {
    const store = storeWith({})
    await store.dispatch(saveMessage('message'))
    expect(shown(store)).toEqual(['Something went wrong. Please try again.'])
  })

  it('is not said when the person cancelled', async () => {
    const store = storeWith({ 'messages/saveAs': () => failed({ kind: 'cancelled' }) })
    await store.dispatch(saveMessage('message'))
    expect(shown(store)).toEqual([])
  })

  it('is left to a form that says it itself, but a bug is still said', async () => {
    const store = storeWith({ 'people/addByInvite': () => failed({ kind: 'bad-key' }) })
    await store.dispatch(addByInvite('aftertone:add?x'))
    expect(shown(store)).toEqual([])
    const broken = storeWith({})
    await broken.dispatch(addByInvite('aftertone:add?x'))
    expect(shown(broken)).toEqual(['Something went wrong. Please try again.'])
  })

  it('does not pile up', async () => {
    const store = storeWith({})
    await store.dispatch(saveMessage('one'))
    await store.dispatch(saveMessage('two'))
    expect(shown(store)).toHaveLength(1)
  })
})

describe('notices', () => {
  it('keep to three and can be closed', () => {
    const store = storeWith({})
    store.dispatch(noticeShown('status', 'player.copied'))
    store.dispatch(noticeShown('status', 'player.copy'))
    store.dispatch(noticeShown('status', 'player.mute'))
    store.dispatch(noticeShown('alert', 'player.play'))
    expect(shown(store)).toEqual(['Copy', 'Mute', 'Play'])
    store.dispatch(noticeClosed(store.getState().notices[0]?.id ?? ''))
    expect(shown(store)).toEqual(['Mute', 'Play'])
  })
})

describe('another key in the name of a person', () => {
  it('is said with the name and remembered', async () => {
    const store = storeWith({ 'people/add': () => ok(bob) })
    await store.dispatch(addPerson({ address: bob.address, name: bob.name }))
    store.dispatch(wrongKeyMet({ personId: bob.id, name: bob.name }))
    expect(shown(store)[0]).toMatch(/^Somebody else answered as Bob, so nothing was sent\./)
    expect(selectPeople(store.getState()).wrongKeys).toEqual([bob.id])
  })
})

describe('failureText', () => {
  it('does not trust what it gets', () => {
    for (const odd of [null, undefined, 'disk-full', { kind: 'toString' }, { kind: 5 }, {}]) {
      expect(failureText(odd)).toBe('failures.unexpected')
    }
  })
})
