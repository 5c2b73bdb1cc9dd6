import type { IpcMainInvokeEvent } from 'electron'
import { describe, expect, test, vi } from 'vitest'
import { registerBridge } from '../../../main/electron/bridge'
import { silentLog } from '../../../main/log'
import { type AllRequests, allInputs } from '../../../preload/contract'
import type { Handlers } from '../../../preload/contract/channels'

const CALL = '0b7cf3a0-4b5e-4f0b-9d53-3a5c2f7f9a11'

/** The bridge with an IPC of our own; a channel without a given handler must not be reached. */
function bridge(given: Partial<Handlers<AllRequests>>, trusted = true) {
  const listeners = new Map<string, (event: IpcMainInvokeEvent, ...inputs: unknown[]) => Promise<unknown>>()
  const log = { ...silentLog, error: vi.fn() }
  registerBridge({
    ipc: { handle: (channel, listener) => void listeners.set(channel, listener) },
    trusts: () => trusted,
    handlers: given as Handlers<AllRequests>,
    log,
  })
  const ask = (channel: string, ...inputs: unknown[]) =>
    listeners.get(channel)?.({} as IpcMainInvokeEvent, ...inputs) ??
    Promise.reject(new Error('not registered'))
  return { ask, log, channels: [...listeners.keys()] }
}

describe('registerBridge', () => {
  test('registers the whole contract, once', () => {
    expect(bridge({}).channels).toEqual(Object.keys(allInputs))
  })

  test('hands the checked input to the handler and its value back', async () => {
    const place = vi.fn(() => ({ ok: false as const, failure: { kind: 'person-unknown' as const } }))
    const { ask } = bridge({ 'calls/place': place })
    await expect(ask('calls/place', { personId: CALL, media: 'video' })).resolves.toEqual({
      ok: false,
      failure: { kind: 'person-unknown' },
    })
    expect(place).toHaveBeenCalledExactlyOnceWith({ personId: CALL, media: 'video' })
  })

  test.each([
    ['nothing', []],
    ['null', [null]],
    ['a missing field', [{ personId: CALL }]],
    ['one field too many', [{ personId: CALL, media: 'video', admin: true }]],
    ['a wrong value', [{ personId: CALL, media: 'smell' }]],
    ['something else than an id', [{ personId: '../x', media: 'video' }]],
    ['a second input', [{ personId: CALL, media: 'video' }, 'more']],
  ])('refuses %s', async (_what, inputs) => {
    const place = vi.fn()
    const { ask } = bridge({ 'calls/place': place })
    await expect(ask('calls/place', ...inputs)).rejects.toThrow('refused: malformed input')
    expect(place).not.toHaveBeenCalled()
  })

  test('refuses an input where none belongs', async () => {
    const list = vi.fn(() => [])
    const { ask } = bridge({ 'people/nearby': list })
    await expect(ask('people/nearby', { all: true })).rejects.toThrow('refused')
    await expect(ask('people/nearby', undefined)).resolves.toEqual([])
  })

  test('refuses strangers before it looks at what they say', async () => {
    const list = vi.fn(() => [])
    const { ask } = bridge({ 'people/nearby': list }, false)
    await expect(ask('people/nearby')).rejects.toThrow('refused: not one of our pages')
    expect(list).not.toHaveBeenCalled()
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('SQL: /home/ana/secret')
      },
    ],
    ['rejects', () => Promise.reject(new Error('SQL: /home/ana/secret'))],
  ])('a handler that %s is logged in full and tells the page nothing', async (_how, handler) => {
    const { ask, log } = bridge({ 'people/nearby': handler as () => never })
    await expect(ask('people/nearby')).rejects.toThrow(/^internal$/)
    expect(log.error).toHaveBeenCalledWith(
      'people/nearby threw',
      expect.objectContaining({ message: expect.stringContaining('SQL') }),
    )
  })
})
