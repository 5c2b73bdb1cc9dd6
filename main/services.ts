import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AllEvents, AllRequests } from '../preload/contract'
import type { Call } from '../preload/contract/calls'
import type { Handlers, Publish } from '../preload/contract/channels'
import type { HistoryEntry, Unseen } from '../preload/contract/history'
import { failed, ok, type Result } from '../preload/contract/result'
import { createCalls } from './calls/callService'
import type { Clock } from './clock'
import { openDatabase } from './database/openDatabase'
import type { SecretBox } from './deviceKeyFile'
import { createHistory } from './history/historyService'
import type { CreateLog } from './log'
import { createExportedFiles, type ExportedFiles } from './messages/exportedFiles'
import { freeBytes } from './messages/freeSpace'
import { createIncoming } from './messages/incomingMessages'
import { createMessageFiles } from './messages/messageFiles'
import { createMessages } from './messages/messageService'
import { findMessage } from './messages/messageStore'
import { createPlayback, type Playback } from './messages/playback'
import { createTakeFiles } from './messages/takeFiles'
import { createTakes } from './messages/takeService'
import type { Gate, Network, NetworkStatus } from './network/network'
import { createPeople } from './people/peopleService'
import { findPersonAt } from './people/peopleStore'
import { createSettings } from './settings/settingsStore'
import { createTranscoder } from './transcoder/transcoder'

export type ServiceOptions = {
  /** Where everything of this person lies. */
  folder: string
  clock: Clock
  createLog: CreateLog
  publish: Publish<AllEvents>
  notify: {
    incomingCall(entry: HistoryEntry): void
    missedCall(entry: HistoryEntry): void
    message(entry: HistoryEntry): void
    /** It was answered, seen or taken back: what was shown for this call goes. */
    withdraw(callId: string): void
  }
  ffmpeg: {
    environment: Record<string, string | undefined>
    resourcesFolder: string | null
    packaged: boolean
  }
  secretBox: SecretBox
  network:
    | { kind: 'nearby'; bind: string | null; mdnsPort: number }
    | { kind: 'given'; open(gate: Gate): Network }
  /** Bytes that may still be written; by default what the system says. */
  freeBytes?: (folder: string) => Promise<number>
}

/** What needs a window, a dialog or the clipboard is answered by `main/electron`. */
type DesktopChannel =
  | Extract<keyof AllRequests, `desktop/${string}`>
  | 'takes/saveAs'
  | 'messages/saveAs'
  | 'messages/copyText'
  | 'messages/startDrag'

export type Services = {
  handlers: Handlers<Omit<AllRequests, DesktopChannel>>
  /** Takes up what a crash left, then goes on the network. */
  start(): Promise<void>
  /** Ends the call, interrupts what is sent, kills ffmpeg and closes the database. */
  stop(): Promise<void>
  /** The machine resumed, or its network changed. */
  wake(): void
  /** The main window closed or its page died: its call is over, what it recorded becomes an unsent take. */
  windowGone(): Promise<void>
  busy(): { recording: boolean; sending: boolean; inCall: boolean }
  unseen(): Unseen
  /** Our own address; others reach us by it. */
  address: string
  networkStatus(): NetworkStatus
  ffmpegVersion(): Promise<string | null>
  playback: Playback
  exports: ExportedFiles
  /** Null when there is no such note. */
  noteText(messageId: string): string | null
  currentCall(): Call | null
}

export type ServicesFailure = {
  kind: 'database-from-future' | 'database-corrupt' | 'database-unwritable' | 'identity-unreadable'
}

const databaseFailures = {
  'from-the-future': 'database-from-future',
  corrupt: 'database-corrupt',
  unwritable: 'database-unwritable',
} as const

/** Builds the app without its windows: every store, network and service, from given paths and a given clock. */
export function createServices(options: ServiceOptions): Result<Services, ServicesFailure> {
  const { folder, clock, createLog, publish } = options
  mkdirSync(folder, { recursive: true })
  const database = openDatabase({ file: join(folder, 'aftertone.db'), clock, log: createLog('database') })
  if (!database.ok) return failed({ kind: databaseFailures[database.failure.kind] })
  const { db } = database.value

  const settings = createSettings({ db, log: createLog('settings'), publish })
  const people = createPeople({
    db,
    clock,
    log: createLog('people'),
    publish,
    network: () => network,
    invite: { format: () => '', parse: () => failed({ kind: 'invite-malformed' }), numberOf: () => '123456' },
    settings,
  })
  const opened = openNetwork(options, { mayConnect: people.mayConnect, contacts: people.contacts })
  if (!opened.ok) {
    database.value.close()
    return opened
  }
  const network = opened.value
  let status: NetworkStatus = { kind: 'off' }

  const history = createHistory({ db, publish, people })
  const withEntry = (tell: (entry: HistoryEntry) => void) => (callId: string) => {
    const entry = history.entry(callId)
    if (entry) tell(entry)
  }
  const calls = createCalls({
    db,
    clock,
    log: createLog('calls'),
    publish,
    network: () => network,
    people,
    settings,
    changed: history.changed,
    missedWhileAway: (call) => messages.queueMissedCall(call),
    notify: {
      missed: withEntry(options.notify.missedCall),
      incoming: withEntry(options.notify.incomingCall),
      withdraw: options.notify.withdraw,
    },
  })

  const takeFiles = createTakeFiles({ folder: join(folder, 'takes'), log: createLog('takes') })
  const files = createMessageFiles(join(folder, 'messages'))
  const transcoder = createTranscoder({
    log: createLog('ffmpeg'),
    ffmpeg: { explicit: null, ...options.ffmpeg },
  })
  const free = () => (options.freeBytes ?? freeBytes)(folder)
  /** What somebody takes is told while it rings; a call that never rang has what they said before. */
  const acceptsOf = (call: Call) =>
    (call.state.phase === 'ended' ? call.state.accepts : null) ?? people.acceptsOf(call.personId)

  const incoming = createIncoming({
    db,
    clock,
    log: createLog('incoming'),
    network: () => network,
    files,
    settings,
    personAt(address) {
      const known = findPersonAt(db, address)
      return known && people.person(known.id)
    },
    ourAcceptsFor: people.ourAcceptsFor,
    call: calls.find,
    missedBefore: ({ callId, from, media, at }) =>
      calls.hear({
        type: 'call',
        callId,
        from: from.address,
        name: '',
        media,
        at,
        live: false,
        ringSeconds: null,
      }),
    changed: history.changed,
    notify: withEntry(options.notify.message),
    freeBytes: free,
  })
  const takes = createTakes({
    db,
    clock,
    log: createLog('takes'),
    publish,
    files: takeFiles,
    transcoder,
    call: (callId) => calls.find(callId) ?? null,
    acceptsOf,
    hint: (callId, on) => network.recording(callId, on),
    freeBytes: free,
    bringBack: (take) => messages.bringBack(take),
  })
  const messages = createMessages({
    db,
    clock,
    log: createLog('messages'),
    publish,
    network: () => network,
    files,
    takeFiles,
    settledTake: takes.settled,
    call: calls.find,
    person: people.person,
    acceptsOf,
    changed: history.changed,
    shrinkPoster: async (input, output) => (await transcoder.poster({ input, output })).ok,
    incoming,
  })
  const exports = createExportedFiles({
    db,
    folder: join(folder, 'exports'),
    log: createLog('exports'),
    files,
    takeFiles,
    person: people.person,
  })

  const stopHearing = network.listen((event) => {
    people.hear(event)
    calls.hear(event)
    messages.hear(event)
    if (event.type !== 'status') return
    status = event.status
    publish('desktop/networkChanged', status)
  })
  settings.onChange(({ name }) => network.setSelf({ name }))

  return ok({
    handlers: {
      ...settings.handlers,
      ...people.handlers,
      ...calls.handlers,
      ...history.handlers,
      ...takes.handlers,
      ...messages.handlers,
    },
    async start() {
      calls.start()
      await exports.sweep()
      await takes.recover()
      await messages.start()
      network.setSelf({ name: settings.get().name })
      await network.start()
    },
    async stop() {
      calls.stop()
      await takes.stop()
      await messages.stop()
      await network.stop()
      stopHearing()
      await transcoder.stop()
      database.value.close()
    },
    wake: network.wake,
    async windowGone() {
      const call = calls.active()
      // What still rings here needs no window; every other call lived in it.
      const ringsHere = call?.direction === 'in' && call.state.phase === 'ringing'
      if (call && !ringsHere) calls.handlers['calls/end']({ callId: call.id, reason: 'hung-up' })
      await takes.endOrphans()
    },
    busy: () => ({
      recording: takes.recording(),
      sending: messages.sending(),
      inCall: calls.active() !== null,
    }),
    unseen: history.unseen,
    address: network.self,
    networkStatus: () => status,
    ffmpegVersion: transcoder.version,
    playback: createPlayback({ db, files, takeFiles }),
    exports,
    noteText(messageId) {
      const content = findMessage(db, messageId)?.message.content
      return content?.kind === 'text' ? content.text : null
    },
    currentCall: calls.active,
  })
}

function openNetwork(options: ServiceOptions, gate: Gate): Result<Network, { kind: 'identity-unreadable' }> {
  if (options.network.kind === 'given') return ok(options.network.open(gate))
  throw new Error('nearby is on its way')
}
