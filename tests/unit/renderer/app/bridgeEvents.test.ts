import { describe, expect, it, vi } from 'vitest'
import { type AftertoneApi, allEvents } from '../../../../preload/contract'
import { forwardBridgeEvents } from '../../../../renderer/app/bridgeEvents'

describe('forwardBridgeEvents', () => {
  it('passes on every event of the contract, and stops', () => {
    const listeners = new Map<string, (event: unknown) => void>()
    const on = new Proxy(
      {},
      {
        get: (_, feature: string) =>
          new Proxy(
            {},
            {
              get: (_, name: string) => (listener: (event: unknown) => void) => {
                listeners.set(`${feature}/${name}`, listener)
                return () => listeners.delete(`${feature}/${name}`)
              },
            },
          ),
      },
    )
    const dispatch = vi.fn()
    const stop = forwardBridgeEvents({ on } as AftertoneApi, dispatch)
    expect([...listeners.keys()].sort()).toEqual(Object.keys(allEvents).sort())
    for (const [channel, tell] of listeners) {
      tell({ about: channel })
      expect(dispatch).toHaveBeenLastCalledWith({ type: `event:${channel}`, payload: { about: channel } })
    }
    stop()
    expect(listeners.size).toBe(0)
  })
})
