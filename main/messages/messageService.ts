import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { AllEvents } from '../../preload/contract'
import type { Call } from '../../preload/contract/calls'
import type { Handlers, Publish } from '../../preload/contract/channels'
import type { Message, MessageRequests } from '../../preload/contract/messages'
import type { Accepts, Person } from '../../preload/contract/people'
import { failed, ok } from '../../preload/contract/result'
import type { Settings } from '../../preload/contract/settings'
import type { StorageRequests } from '../../preload/contract/storage'
import type { TakeRequests } from '../../preload/contract/takes'
import type { Clock } from '../clock'
import type { CreateLog } from '../log'
import type { Network, NetworkEvent } from '../network/network'
import { stopEach } from '../stopEach'
import type { Transcoder } from '../transcoder/transcoder'
import { createExportedFiles, type ExportedFiles } from './exportedFiles'
import { createIncoming, type IncomingOptions } from './incomingMessages'
import { createKeeping } from './keeping'
import { createMessageFiles } from './messageFiles'
import { findMessage } from './messageStore'
import { createOutgoing } from './outgoingMessages'
import { createPlayback, type Playback } from './playback'
import { removeStrayFiles } from './strayFiles'
import { createTakeFiles } from './takeFiles'
import { createTakes } from './takeService'

type DesktopChannel =
  | 'takes/saveAs'
  | 'messages/saveAs'
  | 'messages/copyText'
  | 'messages/startDrag'
  | 'messages/copyFile'
  | 'messages/reveal'

export type Messages = {
  handlers: Handlers<Omit<TakeRequests & MessageRequests & StorageRequests, DesktopChannel>>
  hear(event: NetworkEvent): void
  /** Matches rows and files after a crash, and takes up what was on its way; ends early once stopped. */
  start(): Promise<void>
  /** The window that recorded is gone: its take becomes an unsent one. */
  windowGone(): Promise<void>
  /** Tells somebody later that we called while they were away. */
  queueMissedCall(call: Call): void
  recording(): boolean
  sending(): boolean
  playback: Playback
  exports: ExportedFiles
  /** Null when there is no such note. */
  noteText(messageId: string): string | null
  /** What the history's deleting means for messages. */
  deleted: {
    /** They are hidden: what is on its way out waits. */
    hold(messageIds: string[]): void
    /** They are back: what was on its way goes on. */
    release(messageIds: string[]): void
    /** Their rows are gone, and their files go. */
    forget(messageIds: string[]): Promise<void>
  }
  stop(): Promise<void>
}

/** Takes, what is sent, what arrives, and the files of all three. */
export function createMessages(options: {
  db: Database
  folder: string
  clock: Clock
  createLog: CreateLog
  publish: Publish<AllEvents>
  network(): Network
  transcoder: Transcoder
  settings: { get(): Settings }
  person(personId: string): Person | null
  /** What they last said they take; null: never heard. */
  acceptsOf(personId: string): Accepts | null
  call(callId: string): Call | undefined
  /** A call's entry in the history changed. */
  changed(callId: string): void
  freeBytes(): Promise<number>
  incoming: Pick<IncomingOptions, 'personAt' | 'reach' | 'keepRequest' | 'missedBefore' | 'notify'>
}): Messages {
  const { db, folder, createLog, transcoder } = options
  const log = createLog('messages')
  const takeFiles = createTakeFiles({ folder: join(folder, 'takes'), log: createLog('takes') })
  const files = createMessageFiles(join(folder, 'messages'), log)
  const exports = createExportedFiles({
    ...options,
    folder: join(folder, 'exports'),
    log: createLog('exports'),
    files,
    takeFiles,
  })
  /** What somebody takes is told while it rings; for a call that never rang, it is what they said before. */
  const acceptsOf = (call: Call) =>
    (call.state.phase === 'ended' ? call.state.accepts : null) ?? options.acceptsOf(call.personId)

  const takes = createTakes({
    ...options,
    log: createLog('takes'),
    files: takeFiles,
    acceptsOf,
    hint: (callId, on) => options.network().recording(callId, on),
    bringBack: (take) => outgoing.bringBack(take),
  })
  const outgoing = createOutgoing({
    ...options,
    log,
    files,
    takeFiles,
    settledTake: takes.settled,
    acceptsOf,
    shrinkPoster: async (input, output, width) => (await transcoder.poster({ input, output, width })).ok,
  })
  const incoming = createIncoming({ ...options, ...options.incoming, log, files })
  const keeping = createKeeping({ ...options, log, files })

  const forEach = (messageIds: string[], act: (message: Message) => void) => {
    for (const messageId of messageIds) {
      const message = findMessage(db, messageId)?.message
      if (message) act(message)
    }
  }

  let starting: Promise<void> = Promise.resolve()
  let stopped = false

  async function start(): Promise<void> {
    await exports.sweep()
    if (stopped) return
    // Before stray files go: a take's file may lie among the messages.
    await takes.recover()
    if (stopped) return
    outgoing.start()
    await removeStrayFiles({ db, files, log })
    if (stopped) return
    incoming.start()
    keeping.start()
  }

  return {
    handlers: {
      ...takes.handlers,
      ...outgoing.handlers,
      ...keeping.handlers,
      'messages/retry': ({ messageId }) => {
        const message = findMessage(db, messageId)?.message
        if (!message) return failed({ kind: 'message-gone' })
        return ok(message.direction === 'in' ? incoming.retry(message) : outgoing.retry(message))
      },
      'messages/markPlayed': ({ messageId }) => {
        const message = findMessage(db, messageId)?.message
        return message ? ok(incoming.markPlayed(message)) : failed({ kind: 'message-gone' })
      },
    },
    hear(event) {
      outgoing.hear(event)
      incoming.hear(event)
    },
    start() {
      starting = start()
      return starting
    },
    windowGone: takes.endOrphans,
    queueMissedCall: outgoing.queueMissedCall,
    recording: takes.recording,
    sending: outgoing.sending,
    playback: createPlayback({ db, files, takeFiles }),
    exports,
    noteText(messageId) {
      const content = findMessage(db, messageId)?.message.content
      return content?.kind === 'text' ? content.text : null
    },
    deleted: {
      hold: (messageIds) => forEach(messageIds, outgoing.hold),
      release: (messageIds) =>
        forEach(messageIds, (message) => {
          outgoing.takeUp(message)
          incoming.takeUp(message)
        }),
      async forget(messageIds) {
        for (const messageId of messageIds) {
          await incoming.forget(messageId)
          // Still open somewhere; without a row it goes at the next start.
          await files.remove(messageId).catch((error: unknown) => log.warn('a file was not removed', error))
        }
      },
    },
    async stop() {
      stopped = true
      // Who asked for the start hears of its failure.
      await starting.catch(() => {})
      await stopEach(log, {
        takes: takes.stop,
        sending: outgoing.stop,
        fetching: incoming.stop,
        keeping: keeping.stop,
      })
    },
  }
}
