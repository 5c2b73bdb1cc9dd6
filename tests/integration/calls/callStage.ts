import type { Database } from 'better-sqlite3'
import { createCalls } from '../../../main/calls/callService'
import { silentLog } from '../../../main/log'
import type { Network } from '../../../main/network/network'
import { createPeople } from '../../../main/people/peopleService'
import type { AllEvents } from '../../../preload/contract'
import type { Call } from '../../../preload/contract/calls'
import type { Publish } from '../../../preload/contract/channels'
import { failed } from '../../../preload/contract/result'
import { defaultSettings, type Settings } from '../../../preload/contract/settings'
import { testDatabase } from '../database/testDatabase'
import { heldClock } from './heldClock'
import { recordingNetwork } from './recordingNetwork'

/** The calls and people services on a real database; the network, the clock and the windows are held by the test. */
export function callStage(
  db: Database = testDatabase(),
  clock = heldClock(),
  network: (() => Network) | null = null,
) {
  const recorded = recordingNetwork()
  const onNetwork = network ?? (() => recorded.network)
  const published: [channel: keyof AllEvents, event: unknown][] = []
  const publish: Publish<AllEvents> = (...event) => {
    published.push([...event])
  }
  let settings: Settings = { ...defaultSettings, name: 'Zoe' }
  const news: string[] = []
  const heard = (what: string) => (callId: string) => {
    news.push(`${what} ${callId}`)
  }
  const people = createPeople({
    db,
    clock,
    log: silentLog,
    publish,
    network: onNetwork,
    invite: {
      format: ({ address, name }) => `aftertone:add?${address}&${name}`,
      parse: () => failed({ kind: 'invite-malformed' }),
      referTo: ({ address }) => `xmpp:${address}`,
      numberOf: () => '123456',
    },
    settings: { get: () => settings },
    requestsAnswered() {},
  })
  const calls = createCalls({
    db,
    clock,
    log: silentLog,
    publish,
    network: onNetwork,
    people,
    settings: { get: () => settings },
    changed: heard('history'),
    missedWhileAway: (call: Call) => heard('tell later')(call.id),
    notify: { missed: heard('missed'), incoming: heard('incoming'), withdraw: heard('withdraw') },
  })
  return {
    db,
    clock,
    ...recorded,
    people,
    calls,
    changeSettings(change: Partial<Settings>) {
      settings = { ...settings, ...change }
    },
    /** What the windows heard since the last look. */
    published: () => published.splice(0),
    /** What the history, the outbox and the notifications heard since the last look. */
    news: () => news.splice(0),
  }
}
