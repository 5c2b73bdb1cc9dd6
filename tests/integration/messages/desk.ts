import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { findCall } from '../../../main/calls/callStore'
import { systemClock } from '../../../main/clock'
import { openDatabase } from '../../../main/database/openDatabase'
import { silentLog } from '../../../main/log'
import { createMessageFiles, type MessageFiles } from '../../../main/messages/messageFiles'
import { createOutgoing } from '../../../main/messages/outgoingMessages'
import { removeStrayFiles } from '../../../main/messages/strayFiles'
import { createTakeFiles, type TakeFiles } from '../../../main/messages/takeFiles'
import { createTakes } from '../../../main/messages/takeService'
import { createTranscoder, type Transcoder } from '../../../main/transcoder/transcoder'
import type { AllEvents } from '../../../preload/contract'
import { recordingNetwork } from '../calls/recordingNetwork'
import { BOB } from './rows'

/** What a test wants to go wrong. */
export type Faults = {
  files?: (files: MessageFiles) => MessageFiles
  takeFiles?: (files: TakeFiles) => TakeFiles
  transcoder?: (transcoder: Transcoder) => Transcoder
  freeBytes?: () => Promise<number>
}

/** Takes and messages of one person on a real database, real files and a real ffmpeg; nobody is ever there. */
export function openDesk(folder: string, faults: Faults = {}) {
  const opened = openDatabase({ file: join(folder, 'aftertone.db'), clock: systemClock, log: silentLog })
  if (!opened.ok) throw new Error(opened.failure.kind)
  const { db } = opened.value
  const as = <Part>(part: Part, fault: ((part: Part) => Part) | undefined) => (fault ? fault(part) : part)
  const files = as(createMessageFiles(join(folder, 'messages'), silentLog), faults.files)
  const takeFiles = as(createTakeFiles({ folder: join(folder, 'takes'), log: silentLog }), faults.takeFiles)
  const realTranscoder = createTranscoder({
    log: silentLog,
    ffmpeg: { explicit: null, environment: process.env, resourcesFolder: null, packaged: false },
  })
  const published: { channel: keyof AllEvents; event: unknown }[] = []
  const publish = (channel: keyof AllEvents, event: unknown) => void published.push({ channel, event })
  const { network } = recordingNetwork()

  const takes = createTakes({
    db,
    clock: systemClock,
    log: silentLog,
    publish,
    files: takeFiles,
    transcoder: as(realTranscoder, faults.transcoder),
    call: (callId) => findCall(db, callId),
    acceptsOf: () => null,
    hint: () => {},
    freeBytes: faults.freeBytes ?? (async () => Number.POSITIVE_INFINITY),
    bringBack: (take) => outgoing.bringBack(take),
  })
  const outgoing = createOutgoing({
    db,
    clock: systemClock,
    log: silentLog,
    publish,
    network: () => ({ ...network, deliver: async () => ({ ok: false, failure: { kind: 'unreachable' } }) }),
    files,
    takeFiles,
    settledTake: takes.settled,
    call: (callId) => findCall(db, callId),
    person: (id) => ({
      id,
      name: 'Bob',
      address: BOB,
      contact: true,
      verified: false,
      number: null,
      reachable: false,
      blocked: false,
    }),
    acceptsOf: () => null,
    changed: () => {},
    shrinkPoster: async () => false,
  })
  let isOpen = true
  const close = async () => {
    if (!isOpen) return
    isOpen = false
    await takes.stop()
    await outgoing.stop()
    await realTranscoder.stop()
    db.close()
  }
  onTestFinished(close)
  return {
    db,
    files,
    takeFiles,
    published,
    ask: { ...takes.handlers, ...outgoing.handlers },
    windowGone: takes.endOrphans,
    stop: takes.stop,
    async start() {
      await takes.recover()
      outgoing.start()
      await removeStrayFiles({ db, files, log: silentLog })
    },
    close,
  }
}
