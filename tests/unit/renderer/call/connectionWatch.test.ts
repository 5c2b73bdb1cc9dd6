import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchConnection } from '../../../../renderer/call/connectionWatch'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp(offers = true) {
  const parts = { restart: vi.fn(), onConnected: vi.fn(), onFailed: vi.fn() }
  return { ...parts, watch: watchConnection({ ...parts, restart: offers ? parts.restart : null }) }
}

describe('coming up', () => {
  it('says when it is connected, and is patient afterwards', () => {
    const { watch, onConnected, onFailed } = setUp()
    watch.changed('connecting')
    watch.changed('connected')
    expect(onConnected).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(3_600_000)
    expect(onFailed).not.toHaveBeenCalled()
  })

  it('gives up when it never connects', () => {
    const { onFailed } = setUp()
    vi.advanceTimersByTime(19_999)
    expect(onFailed).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(onFailed).toHaveBeenCalledTimes(1)
  })
})

describe('a lost path', () => {
  it('may come back by itself within three seconds', () => {
    const { watch, restart } = setUp()
    watch.changed('connected')
    watch.changed('disconnected')
    vi.advanceTimersByTime(2_900)
    watch.changed('connected')
    vi.advanceTimersByTime(60_000)
    expect(restart).not.toHaveBeenCalled()
  })

  it('is looked for anew after three seconds, or at once when it failed', () => {
    const { watch, restart } = setUp()
    watch.changed('connected')
    watch.changed('disconnected')
    vi.advanceTimersByTime(3_000)
    expect(restart).toHaveBeenCalledTimes(1)
    watch.changed('failed')
    expect(restart).toHaveBeenCalledTimes(2)
  })

  it('ends the call after two tries, said once', () => {
    const { watch, restart, onFailed } = setUp()
    watch.changed('connected')
    for (let time = 0; time < 4; time += 1) watch.changed('failed')
    watch.changed('closed')
    expect(restart).toHaveBeenCalledTimes(2)
    expect(onFailed).toHaveBeenCalledTimes(1)
  })

  it('that came back has its tries again', () => {
    const { watch, restart, onFailed } = setUp()
    for (let time = 0; time < 5; time += 1) {
      watch.changed('failed')
      watch.changed('connected')
    }
    expect(restart).toHaveBeenCalledTimes(5)
    expect(onFailed).not.toHaveBeenCalled()
  })

  it('is the other end’s to find where that end offers, but not for ever', () => {
    const { watch, restart, onFailed } = setUp(false)
    watch.changed('connected')
    watch.changed('failed')
    expect(onFailed).not.toHaveBeenCalled()
    vi.advanceTimersByTime(20_000)
    expect(restart).not.toHaveBeenCalled()
    expect(onFailed).toHaveBeenCalledTimes(1)
  })

  it('is nobody’s worry after the end', () => {
    const { watch, onFailed, restart } = setUp()
    watch.changed('disconnected')
    watch.stop()
    vi.advanceTimersByTime(60_000)
    expect([onFailed, restart].map(({ mock }) => mock.calls.length)).toEqual([0, 0])
  })
})
