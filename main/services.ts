import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AllEvents, AllRequests } from '../preload/contract'
import type { Call } from '../preload/contract/calls'
import type { Handlers, Publish } from '../preload/contract/channels'
import type { HistoryEntry, Unseen } from '../preload/contract/history'
import { failed, ok, type Result } from '../preload/contract/result'
import type { Settings } from '../preload/contract/settings'
import { createCalls } from './calls/callService'
import type { Clock } from './clock'
import { backupOf, openDatabase } from './database/openDatabase'
import type { SecretBox } from './deviceKeyFile'
import { createHistory } from './history/historyService'
import type { CreateLog } from './log'
import type { ExportedFiles } from './messages/exportedFiles'
import { freeBytes } from './messages/freeSpace'
import { createMessages } from './messages/messageService'
import type { Playback } from './messages/playback'
import type { NetworkStatus } from './network/network'
import { type NetworkChoice, nearbyInvites, openNetwork } from './openNetwork'
import { keepAvailability } from './people/availability'
import { type Cards, createCards } from './people/cards/cardService'
import { createPeople } from './people/peopleService'
import { findPersonAt } from './people/peopleStore'
import { createRequests } from './requests/requestService'
import { createSettings } from './settings/settingsStore'
import { stopEach } from './stopEach'
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
  network: NetworkChoice
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
  | 'people/importFile'
  | 'people/exportFile'
  | 'messages/copyFile'
  | 'messages/reveal'

export type Services = {
  handlers: Handlers<Omit<AllRequests, DesktopChannel>>
  /** Takes up what a crash left, then goes on the network; once stopped, it begins nothing more. */
  start(): Promise<void>
  /** Ends the call, interrupts what is sent, kills ffmpeg and closes the database, whatever of it fails. */
  stop(): Promise<void>
  /** The machine resumed, or its network changed. */
  wake(): void
  /** The main window closed or its page died: its call is over, what it recorded becomes an unsent take. */
  windowGone(): Promise<void>
  busy(): { recording: boolean; sending: boolean; inCall: boolean }
  unseen(): Unseen
  settings(): Settings
  /** Our own address; others reach us by it. */
  address: string
  networkStatus(): NetworkStatus
  ffmpegVersion(): Promise<string | null>
  playback: Playback
  exports: ExportedFiles
  cards: Pick<Cards, 'importFrom' | 'exportTo'>
  /** Null when there is no such note. */
  noteText(messageId: string): string | null
  currentCall(): Call | null
}

export type ServicesFailure = {
  kind: 'database-from-future' | 'database-corrupt' | 'database-unwritable' | 'identity-unreadable'
}

/** Where the database of a folder lies, and its backup, for whoever has to mend them by hand. */
export function databaseFiles(folder: string): { file: string; backup: string } {
  const file = join(folder, 'aftertone.db')
  return { file, backup: backupOf(file) }
}

const databaseFailures = {
  'from-the-future': 'database-from-future',
  corrupt: 'database-corrupt',
  unwritable: 'database-unwritable',
} as const

/** Builds the app without its windows: every store, network and service, from given paths and a given clock. */
export function createServices(options: ServiceOptions): Result<Services, ServicesFailure> {
  const { folder, clock, createLog, publish } = options
  makeFolder(folder)
  const database = openDatabase({ file: databaseFiles(folder).file, clock, log: createLog('database') })
  if (!database.ok) return failed({ kind: databaseFailures[database.failure.kind] })
  const { db } = database.value

  const settings = createSettings({ db, log: createLog('settings'), publish })
  const invite = nearbyInvites(() => ({ network, endpoint }))
  const people = createPeople({
    db,
    clock,
    log: createLog('people'),
    publish: (...event) => {
      publish(...event)
      // Whoever becomes a contact is no unknown caller any more.
      if (event[0] === 'people/changed') history.countAgain()
    },
    network: () => network,
    invite,
    settings,
    requestsAnswered: () => requests.announce(),
  })
  const opened = openNetwork({
    choice: options.network,
    folder,
    name: settings.get().name,
    contacts: people.contacts,
    secretBox: options.secretBox,
    clock,
    createLog,
  })
  if (!opened.ok) {
    database.value.close()
    return opened
  }
  const { network, endpoint } = opened.value
  let status: NetworkStatus = { kind: 'off' }

  const requests = createRequests({
    db,
    clock,
    log: createLog('requests'),
    publish,
    peers: () => network.peers(),
    people,
    numberOf: invite.numberOf,
  })
  const history = createHistory({
    db,
    clock,
    log: createLog('history'),
    publish,
    people,
    messages: {
      hold: (messageIds) => messages.deleted.hold(messageIds),
      release: (messageIds) => messages.deleted.release(messageIds),
      forget: (messageIds) => messages.deleted.forget(messageIds),
    },
  })
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

  const transcoder = createTranscoder({
    log: createLog('ffmpeg'),
    ffmpeg: { explicit: null, ...options.ffmpeg },
  })
  const messages = createMessages({
    db,
    folder,
    clock,
    createLog,
    publish,
    network: () => network,
    transcoder,
    settings,
    person: people.person,
    acceptsOf: people.acceptsOf,
    call: calls.find,
    changed: history.changed,
    freeBytes: () => (options.freeBytes ?? freeBytes)(folder),
    incoming: {
      personAt(address) {
        const known = findPersonAt(db, address)
        return known && people.person(known.id)
      },
      reach: people.reach,
      keepRequest: requests.keep,
      missedBefore: ({ callId, from: { address: from }, media, at }) =>
        calls.hear({ type: 'call', callId, from, name: '', media, at, live: false, ringSeconds: null }),
      notify: withEntry(options.notify.message),
    },
  })

  const cards = createCards({
    db,
    clock,
    log: createLog('cards'),
    publish,
    network: () => network,
    invite,
    changed: people.listChanged,
  })

  const stopHearing = network.listen((event) => {
    people.hear(event)
    requests.hear(event)
    calls.hear(event)
    messages.hear(event)
    if (event.type !== 'status') return
    status = event.status
    publish('desktop/networkChanged', status)
  })
  settings.onChange(({ name }) => network.setSelf({ name }))
  const availability = keepAvailability({ clock, settings })

  let starting: Promise<void> = Promise.resolve()
  let stopped = false
  async function start(): Promise<void> {
    if (stopped) return
    availability.check()
    requests.start()
    calls.start()
    await messages.start()
    if (stopped) return
    history.start()
    await network.start()
  }

  return ok({
    handlers: {
      ...settings.handlers,
      ...people.handlers,
      ...cards.handlers,
      ...requests.handlers,
      ...calls.handlers,
      ...history.handlers,
      ...messages.handlers,
    },
    start() {
      starting = start()
      return starting
    },
    async stop() {
      stopped = true
      await stopEach(createLog('services'), {
        availability: availability.stop,
        requests: requests.stop,
        calls: calls.stop,
        history: history.stop,
        messages: messages.stop,
        // Before what it may still be starting. Who asked for it hears of its failure.
        'the start': () => starting.catch(() => {}),
        network: network.stop,
        hearing: stopHearing,
        ffmpeg: transcoder.stop,
        database: database.value.close,
      })
    },
    wake() {
      // A timer that ran out while the machine slept is late.
      availability.check()
      network.wake()
    },
    async windowGone() {
      const call = calls.active()
      // What still rings here needs no window; every other call lived in it.
      const ringsHere = call?.direction === 'in' && call.state.phase === 'ringing'
      if (call && !ringsHere) calls.handlers['calls/end']({ callId: call.id, reason: 'hung-up' })
      await messages.windowGone()
    },
    busy: () => ({
      recording: messages.recording(),
      sending: messages.sending(),
      inCall: calls.active() !== null,
    }),
    unseen: history.unseen,
    settings: settings.get,
    address: network.self,
    networkStatus: () => status,
    ffmpegVersion: transcoder.version,
    playback: messages.playback,
    exports: messages.exports,
    cards,
    noteText: messages.noteText,
    currentCall: calls.active,
  })
}

/** A folder that cannot be made is told by the database, which finds none. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch {}
}
