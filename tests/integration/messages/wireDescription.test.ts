import { randomBytes } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { findCall } from '../../../main/calls/callStore'
import { silentLog } from '../../../main/log'
import { createMessageFiles, type MessageFiles } from '../../../main/messages/messageFiles'
import { insertMessage } from '../../../main/messages/messageStore'
import { createWireDescription } from '../../../main/messages/wireDescription'
import type { Call } from '../../../preload/contract/calls'
import { testDatabase, testFolder } from '../database/testDatabase'
import { BOB, unansweredCall, waitingNote } from './rows'

const KILOBYTE = 1024

let db: ReturnType<typeof testDatabase>
let call: Call
let files: MessageFiles
let asked: number[]
/** What a poster of so many pixels takes. */
let bytesFor: (width: number) => number | null

beforeEach(() => {
  db = testDatabase()
  call = unansweredCall(db, BOB)
  files = createMessageFiles(join(testFolder(), 'messages'), silentLog)
  asked = []
  bytesFor = () => 4 * KILOBYTE
})

const describeEntry = (messageId: string | null) =>
  createWireDescription({
    db,
    files,
    call: (id) => findCall(db, id),
    async shrinkPoster(_input, output, width) {
      asked.push(width)
      const bytes = bytesFor(width)
      if (bytes !== null) writeFileSync(output, randomBytes(bytes))
      return bytes !== null
    },
  })({ id: messageId ?? call.id, address: BOB, callId: call.id, messageId, queuedAt: 1 })

function waitingVideo(posterBytes: number | null): string {
  const id = crypto.randomUUID()
  writeFileSync(files.paths(id).file, 'film')
  if (posterBytes !== null) writeFileSync(files.paths(id).poster, randomBytes(posterBytes))
  insertMessage(db, {
    message: {
      id,
      callId: call.id,
      personId: call.personId,
      direction: 'out',
      sentAt: 5_000,
      content: { kind: 'video', durationMs: 2_000, size: 4, width: 640, height: 360 },
      state: { phase: 'waiting' },
      kept: false,
    },
    sha256: 'ab'.repeat(32),
    sender: null,
    source: null,
  })
  return id
}
async function posterOf(id: string) {
  const delivery = await describeEntry(id)
  return delivery?.kind === 'file' ? (delivery.file.poster?.byteLength ?? null) : undefined
}

describe('what goes on the wire', () => {
  it('is a note, a missed call, or a file with what the receiver checks', async () => {
    const note = waitingNote(db, call, 'Hello')
    const to = { to: BOB, callId: call.id }
    expect(await describeEntry(note.id)).toEqual({
      ...to,
      id: note.id,
      sentAt: 3_000,
      kind: 'note',
      text: 'Hello',
    })
    expect(await describeEntry(null)).toEqual({
      ...to,
      id: call.id,
      sentAt: 1_000,
      kind: 'missed-call',
      media: 'video',
    })
    const video = waitingVideo(100)
    expect(await describeEntry(video)).toMatchObject({
      ...to,
      id: video,
      kind: 'file',
      path: files.paths(video).file,
      file: { kind: 'video', mimeType: 'video/mp4', size: 4, sha256: 'ab'.repeat(32), waveform: null },
    })
  })

  it('is nothing when the file is gone or is another one', async () => {
    const id = waitingVideo(null)
    writeFileSync(files.paths(id).file, 'another film')
    expect(await describeEntry(id)).toBeNull()
    expect(await describeEntry(crypto.randomUUID())).toBeNull()
  })

  it('carries a small poster as it is', async () => {
    expect(await posterOf(waitingVideo(8 * KILOBYTE))).toBe(8 * KILOBYTE)
    expect(asked).toEqual([])
  })

  it('shrinks a large poster until it fits, once', async () => {
    bytesFor = (width) => (width > 200 ? 9 * KILOBYTE : 5 * KILOBYTE)
    const id = waitingVideo(40 * KILOBYTE)
    expect(await posterOf(id)).toBe(5 * KILOBYTE)
    expect(await posterOf(id)).toBe(5 * KILOBYTE)
    expect(asked).toEqual([320, 240, 160])
    expect(statSync(files.paths(id).poster).size).toBe(40 * KILOBYTE)
  })

  it('goes without a poster when none can be made', async () => {
    bytesFor = () => null
    expect(await posterOf(waitingVideo(null))).toBeNull()
  })
})
