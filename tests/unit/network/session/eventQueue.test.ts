import { expect, test, vi } from 'vitest'
import { silentLog } from '../../../../main/log'
import { createDeliveries } from '../../../../main/network/session/deliveries'
import { createEventQueue } from '../../../../main/network/session/eventQueue'
import type { MessagePacket, Packet } from '../../../../main/network/session/packet'
import { createManualClock, settle } from '../manualClock'

const missed: MessagePacket = {
  kind: 'missed-call',
  id: 'm1',
  callId: 'c1',
  sentAt: 1,
  media: 'audio',
  name: 'Bob',
}

function setUp() {
  const events = createEventQueue(silentLog)
  const said: Packet[] = []
  const deliveries = createDeliveries({
    wire: {
      async send(_to, packet) {
        said.push(packet)
        return true
      },
    },
    clock: createManualClock(),
    emit: events.emit,
    offerFile: async () => null,
    ourName: () => 'Alice',
    mayCall: (from) => from !== 'crowd',
  })
  return { events, said, deliveries }
}

test('a missed call is acknowledged once every listener has it, whichever of them failed before', async () => {
  const { events, said, deliveries } = setUp()
  const stop = events.listen(() => {
    throw new Error('SQLITE_FULL')
  })
  const other = vi.fn()
  events.listen(other)
  deliveries.heard('bob', missed)
  await settle()
  expect(other).toHaveBeenCalledOnce()
  expect(said).toEqual([])

  stop()
  deliveries.heard('bob', missed)
  await settle()
  expect(said).toEqual([{ kind: 'receipt', id: 'm1', state: 'received' }])
})

test('a missed call that was one too many is neither told nor acknowledged', async () => {
  const { events, said, deliveries } = setUp()
  const heard = vi.fn()
  events.listen(heard)
  deliveries.heard('crowd', missed)
  await settle()
  expect(heard).not.toHaveBeenCalled()
  expect(said).toEqual([])
})
