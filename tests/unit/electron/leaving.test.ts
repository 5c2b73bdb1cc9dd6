import { EventEmitter } from 'node:events'
import type { App, BrowserWindow } from 'electron'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { guardLeaving } from '../../../main/electron/leaving'
import { type Busy, leavingQuestion } from '../../../main/electron/leavingQuestion'
import { silentLog } from '../../../main/log'

const idle: Busy = { recording: false, sending: false, inCall: false }

test('asks only when something would be broken off, about the most pressing first', () => {
  expect(leavingQuestion(idle)).toBeNull()
  expect(leavingQuestion({ ...idle, sending: true })?.message).toBe('A message is still on its way.')
  expect(leavingQuestion({ ...idle, sending: true, recording: true })?.message).toContain('recording')
  expect(leavingQuestion({ recording: true, sending: true, inCall: true })?.message).toContain('call')
})

/** Electron's own order: `before-quit`, and unless that was prevented, the end. */
class FakeApp extends EventEmitter {
  ended = false
  quit() {
    let prevented = false
    this.emit('before-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) this.ended = true
  }
}

function setUp(over: {
  busy?: Partial<Busy>
  answer?: boolean
  stop?: () => Promise<void>
  closingQuits?: boolean
}) {
  const app = new FakeApp()
  const order: string[] = []
  const ask = vi.fn(async () => over.answer ?? false)
  const leaving = guardLeaving({
    app: app as unknown as App,
    busy: () => ({ ...idle, ...over.busy }),
    ask,
    closeWindows: () => order.push('windows closed'),
    stop: async () => {
      order.push('stopping')
      await over.stop?.()
      order.push('stopped')
    },
    closingQuits: over.closingQuits ?? true,
    log: silentLog,
  })
  const window = Object.assign(new EventEmitter(), { destroy: vi.fn() })
  leaving.guardWindow(window as unknown as BrowserWindow)
  const close = () => {
    const event = { preventDefault: vi.fn() }
    window.emit('close', event)
    return event.preventDefault.mock.calls.length > 0
  }
  return { app, ask, order, window, close }
}

describe('quitting', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('stops everything, then ends', async () => {
    const { app, ask, order } = setUp({})
    app.quit()
    expect(app.ended).toBe(false)
    await vi.waitFor(() => expect(app.ended).toBe(true))
    expect(order).toEqual(['windows closed', 'stopping', 'stopped'])
    expect(ask).not.toHaveBeenCalled()
  })

  test('while recording asks first, and staying leaves all as it was', async () => {
    const { app, ask, order } = setUp({ busy: { recording: true }, answer: false })
    app.quit()
    app.quit()
    await vi.advanceTimersByTimeAsync(10)
    expect(ask).toHaveBeenCalledOnce()
    expect([app.ended, order]).toEqual([false, []])
    app.quit()
    expect(ask).toHaveBeenCalledTimes(2)
  })

  test('leaving after all ends', async () => {
    const { app } = setUp({ busy: { inCall: true }, answer: true })
    app.quit()
    await vi.waitFor(() => expect(app.ended).toBe(true))
  })

  test('does not wait for ever for services that hang, nor stumble over those that fail', async () => {
    const hanging = setUp({ stop: () => new Promise(() => {}) })
    hanging.app.quit()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(hanging.app.ended).toBe(true)
    const failing = setUp({ stop: () => Promise.reject(new Error('bug')) })
    failing.app.quit()
    await vi.waitFor(() => expect(failing.app.ended).toBe(true))
  })
})

describe('closing the window', () => {
  test('quits where that is the habit', async () => {
    const { app, close } = setUp({ closingQuits: true })
    expect(close()).toBe(true)
    await vi.waitFor(() => expect(app.ended).toBe(true))
    expect(close()).toBe(false)
  })

  test('on macOS just closes it, the app goes on', () => {
    const { app, close } = setUp({ closingQuits: false })
    expect(close()).toBe(false)
    app.emit('window-all-closed')
    expect(app.ended).toBe(false)
  })

  test('on macOS asks while recording', async () => {
    const staying = setUp({ closingQuits: false, busy: { recording: true }, answer: false })
    expect(staying.close()).toBe(true)
    await vi.waitFor(() => expect(staying.ask).toHaveBeenCalledOnce())
    expect(staying.window.destroy).not.toHaveBeenCalled()
    const going = setUp({ closingQuits: false, busy: { recording: true }, answer: true })
    expect(going.close()).toBe(true)
    await vi.waitFor(() => expect(going.window.destroy).toHaveBeenCalledOnce())
  })
})
