import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../../main/log'
import { createExportedFiles, type ExportedFiles } from '../../../main/messages/exportedFiles'
import { createMessageFiles } from '../../../main/messages/messageFiles'
import { insertMessage } from '../../../main/messages/messageStore'
import { createTakeFiles } from '../../../main/messages/takeFiles'
import { insertTake } from '../../../main/messages/takeStore'
import type { Call } from '../../../preload/contract/calls'
import type { Message, MessageContent, MessageState } from '../../../preload/contract/messages'
import { value } from '../../support/twoPeople'
import { testDatabase, testFolder } from '../database/testDatabase'
import { BOB, unansweredCall } from './rows'

const sentAt = new Date(2026, 2, 4, 14, 22, 10).getTime()
const NAME = 'Video message from Ana Ruiz 2026-03-04 14.22.10.mp4'

let folder: string
let db: ReturnType<typeof testDatabase>
let call: Call
let exports: ExportedFiles
let files: ReturnType<typeof createMessageFiles>
let takeFiles: ReturnType<typeof createTakeFiles>

beforeEach(() => {
  folder = testFolder()
  db = testDatabase()
  call = unansweredCall(db, BOB)
  files = createMessageFiles(join(folder, 'messages'), silentLog)
  takeFiles = createTakeFiles({ folder: join(folder, 'takes'), log: silentLog })
  exports = createExportedFiles({
    db,
    folder: join(folder, 'exports'),
    log: silentLog,
    files,
    takeFiles,
    person: (id) => ({
      id,
      name: 'Ana Ruiz',
      address: BOB,
      contact: true,
      verified: true,
      number: null,
      reachable: null,
      blocked: false,
    }),
  })
})

const film: MessageContent = { kind: 'video', durationMs: 2_000, size: 4, width: 2, height: 2 }
function message(
  content: MessageContent,
  state: MessageState,
  direction: Message['direction'] = 'in',
): string {
  const id = crypto.randomUUID()
  const { id: callId, personId } = call
  insertMessage(db, {
    message: { id, callId, personId, direction, sentAt, content, state, kept: false },
    sha256: null,
    sender: null,
    source: null,
  })
  if (content.kind !== 'text') writeFileSync(files.paths(id).file, 'film')
  return id
}

describe('a file for a drag', () => {
  it('is real, well named and dated when it was sent', async () => {
    const id = message(film, { phase: 'unplayed' })
    const { path, fileName } = value(await exports.prepare({ kind: 'message', id }))
    expect(fileName).toBe(NAME)
    expect(basename(path)).toBe(NAME)
    expect(readFileSync(path, 'utf8')).toBe('film')
    expect(statSync(path).mtimeMs).toBe(sentAt)
  })

  it('is no way back into the message, for an editor that saves in place', async () => {
    const id = message(film, { phase: 'unplayed' })
    const { path } = value(await exports.prepare({ kind: 'message', id }))
    writeFileSync(path, 'cut')
    expect(readFileSync(files.paths(id).file, 'utf8')).toBe('film')
  })

  it('of a note is its text', async () => {
    const id = message({ kind: 'text', text: 'Gate 4, 18:30\nDoor code 42' }, { phase: 'unplayed' })
    const { path, fileName } = value(await exports.prepare({ kind: 'message', id }))
    expect(fileName).toBe('Note from Ana Ruiz 2026-03-04 14.22.10.txt')
    expect(readFileSync(path, 'utf8')).toBe('Gate 4, 18:30\nDoor code 42')
  })

  it('of an own message says to whom', () => {
    const id = message(film, { phase: 'waiting' }, 'out')
    expect(exports.name({ kind: 'message', id })).toBe('Video message to Ana Ruiz 2026-03-04 14.22.10.mp4')
  })

  it('is not there before the message is', async () => {
    const unready = [
      message(film, { phase: 'fetching', progress: 0.5 }),
      message(film, { phase: 'failed', problem: 'damaged' }),
      crypto.randomUUID(),
    ]
    for (const id of unready) {
      expect(exports.name({ kind: 'message', id })).toBeNull()
      expect(await exports.prepare({ kind: 'message', id })).toEqual({
        ok: false,
        failure: { kind: 'not-ready' },
      })
    }
  })

  it('is gone at the next start, and the message is not', async () => {
    const id = message(film, { phase: 'unplayed' })
    const { path } = value(await exports.prepare({ kind: 'message', id }))
    await exports.sweep()
    expect(existsSync(path)).toBe(false)
    expect(existsSync(files.paths(id).file)).toBe(true)
    await exports.sweep()
  })
})

describe('saving a copy', () => {
  it('writes a file of its own where it was asked to', async () => {
    const id = message(film, { phase: 'played', at: 1 })
    const target = join(folder, 'For the album.mp4')
    writeFileSync(target, 'an older file')
    expect(value(await exports.saveCopy({ kind: 'message', id }, target))).toEqual({
      fileName: 'For the album.mp4',
    })
    expect(readFileSync(target, 'utf8')).toBe('film')
    expect(statSync(target).mtimeMs).toBe(sentAt)
    expect(statSync(target).ino).not.toBe(statSync(files.paths(id).file).ino)
  })

  it('saves a take that was not sent', async () => {
    const id = crypto.randomUUID()
    insertTake(db, {
      id,
      callId: call.id,
      kind: 'audio',
      mimeType: 'audio/webm',
      startedAt: sentAt,
      durationMs: 2_000,
      width: null,
      height: null,
      waveform: null,
      state: { phase: 'ready' },
    })
    mkdirSync(join(folder, 'takes', id), { recursive: true })
    writeFileSync(takeFiles.finishedPath(id, 'audio'), 'voice')
    const target = join(folder, 'voice.m4a')
    expect(exports.name({ kind: 'take', id })).toBe('Audio message to Ana Ruiz 2026-03-04 14.22.10.m4a')
    value(await exports.saveCopy({ kind: 'take', id }, target))
    expect(readFileSync(target, 'utf8')).toBe('voice')
  })

  it('says so when it cannot be written, and leaves nothing behind', async () => {
    const id = message(film, { phase: 'unplayed' })
    const target = join(folder, 'nowhere', 'film.mp4')
    const unwritable = { ok: false, failure: { kind: 'unwritable' } }
    expect(await exports.saveCopy({ kind: 'message', id }, target)).toEqual(unwritable)
    mkdirSync(join(folder, 'taken', 'film.mp4'), { recursive: true })
    expect(await exports.saveCopy({ kind: 'message', id }, join(folder, 'taken', 'film.mp4'))).toEqual(
      unwritable,
    )
    expect(readdirSync(join(folder, 'taken'))).toEqual(['film.mp4'])
  })
})
