import { describe, expect, it, vi } from 'vitest'
import { callBackKeys } from '../../../../renderer/call/callBackKeys'
import { playerKeys } from '../../../../renderer/player/playerKeys'
import type { PlaybackControl } from '../../../../renderer/player/usePlayback'

// As in a page, where nothing but an element can have the focus.
class FakeElement {
  constructor(private readonly selectors: string[]) {}
  matches = (query: string) => this.selectors.some((selector) => query.split(', ').includes(selector))
}
vi.stubGlobal('HTMLElement', FakeElement)

const press = (key: string, on: string[] = ['section'], more: object = {}) => {
  const preventDefault = vi.fn()
  // Only what the handlers read of a key event.
  const event = {
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    preventDefault,
    ...more,
  }
  return { event: { ...event, target: new FakeElement(on) } as never, preventDefault }
}

function player(time = 20) {
  const calls = { toggle: vi.fn(), seek: vi.fn(), setRate: vi.fn(), setVolume: vi.fn() }
  const playback = { playing: true, started: true, time, duration: 60, rate: 1, volume: 1, broken: false }
  return { ...calls, onKey: playerKeys({ ...calls, playback } satisfies PlaybackControl) }
}

describe('keys of the player', () => {
  it.each([
    ['ArrowLeft', 15],
    ['ArrowRight', 25],
  ])('%s jumps to %d seconds', (key, to) => {
    const { onKey, seek } = player()
    const { event, preventDefault } = press(key)
    onKey(event)
    expect(seek).toHaveBeenCalledExactlyOnceWith(to)
    expect(preventDefault).toHaveBeenCalledOnce()
  })

  it.each([
    ['<', 0.75],
    ['>', 1.25],
  ])('%s sets the speed to %d', (key, rate) => {
    const { onKey, setRate } = player()
    onKey(press(key).event)
    expect(setRate).toHaveBeenCalledExactlyOnceWith(rate)
  })

  it('Space plays, but a focused control keeps its own', () => {
    const { onKey, toggle } = player()
    onKey(press(' ', ['button']).event)
    expect(toggle).not.toHaveBeenCalled()
    onKey(press(' ').event)
    expect(toggle).toHaveBeenCalledOnce()
  })

  it('leaves the arrows to what uses them itself, and shortcuts to the system', () => {
    const { onKey, seek, setRate, toggle } = player()
    onKey(press('ArrowLeft', ['[data-own-arrows]']).event)
    onKey(press('ArrowLeft', ['section'], { altKey: true }).event)
    onKey(press(' ', ['section'], { ctrlKey: true }).event)
    onKey(press('x').event)
    for (const done of [seek, setRate, toggle]) expect(done).not.toHaveBeenCalled()
  })
})

describe('keys to call back', () => {
  it.each([
    ['c', false, 'video'],
    ['C', true, 'audio'],
  ] as const)('%s (shift: %s) calls with %s', (key, shiftKey, media) => {
    const place = vi.fn()
    callBackKeys(place)(press(key, ['button'], { shiftKey }).event)
    expect(place).toHaveBeenCalledExactlyOnceWith(media)
  })

  it('does not call while somebody copies, or writes a c', () => {
    const place = vi.fn()
    callBackKeys(place)(press('c', ['section'], { ctrlKey: true }).event)
    callBackKeys(place)(press('c', ['section'], { metaKey: true }).event)
    callBackKeys(place)(press('c', ['textarea']).event)
    callBackKeys(place)(press('v').event)
    expect(place).not.toHaveBeenCalled()
  })
})
