import { copyFileSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outgoingWaiting } from '../../../main/messages/messageStore'
import { findEntry } from '../../../main/messages/outboxStore'
import type { Take } from '../../../preload/contract/takes'
import { audioRecording } from '../../support/media'
import { record, value } from '../../support/twoPeople'
import { testFolder } from '../database/testDatabase'
import { type Faults, openDesk } from './desk'
import { BOB, unansweredCall } from './rows'

const killed = (): never => {
  throw new Error('killed')
}

async function readyTake(folder: string): Promise<Take> {
  const desk = openDesk(folder)
  const call = unansweredCall(desk.db, BOB)
  const path = await audioRecording({ seconds: 1 })
  const take = await record(desk.ask, { callId: call.id, kind: 'audio', path, durationMs: 1_000 })
  expect(take.state.phase).toBe('ready')
  writeFileSync(desk.takeFiles.posterPath(take.id), 'poster')
  await desk.close()
  return take
}

/** Runs a step that dies in the middle, then starts anew on the same folder. */
async function dieAndStart(
  folder: string,
  faults: Faults,
  step: (desk: ReturnType<typeof openDesk>) => unknown,
) {
  const dying = openDesk(folder, faults)
  await expect(Promise.resolve(step(dying))).rejects.toThrow('killed')
  await dying.close()
  const desk = openDesk(folder)
  await desk.start()
  return desk
}

const messageFiles = (folder: string) => readdirSync(join(folder, 'messages')).sort()
const takeFolders = (folder: string) => readdirSync(join(folder, 'takes'))

describe('sending a take, killed', () => {
  it('after its poster was copied: the take is unsent, and has both', async () => {
    const folder = testFolder()
    const take = await readyTake(folder)
    const faults: Faults = {
      files: (files) => ({
        ...files,
        adopt(id, from) {
          copyFileSync(from.poster, files.paths(id).poster)
          killed()
        },
      }),
    }
    const desk = await dieAndStart(folder, faults, ({ ask }) => ask['messages/sendTake']({ takeId: take.id }))
    expect((await desk.ask['takes/unsent']())[0]).toMatchObject({ id: take.id, state: { phase: 'ready' } })
    expect(existsSync(desk.takeFiles.finishedPath(take.id, 'audio'))).toBe(true)
    expect(existsSync(desk.takeFiles.posterPath(take.id))).toBe(true)
    expect(messageFiles(folder)).toEqual([])
  })

  it('after its files moved: the take is unsent again, and can be sent', async () => {
    const folder = testFolder()
    const take = await readyTake(folder)
    const faults: Faults = {
      files: (files) => ({
        ...files,
        adopt(id, from) {
          files.adopt(id, from)
          killed()
        },
      }),
    }
    const desk = await dieAndStart(folder, faults, ({ ask }) => ask['messages/sendTake']({ takeId: take.id }))
    expect((await desk.ask['takes/unsent']())[0]).toMatchObject({ id: take.id, state: { phase: 'ready' } })
    expect(messageFiles(folder)).toEqual([])
    expect(statSync(desk.takeFiles.finishedPath(take.id, 'audio')).size).toBeGreaterThan(1_000)
    expect(existsSync(desk.takeFiles.posterPath(take.id))).toBe(true)
    value(await desk.ask['messages/sendTake']({ takeId: take.id }))
    expect(messageFiles(folder)).toEqual([`${take.id}.jpg`, `${take.id}.mp4`])
  })

  it('after the row: the message waits, and the empty folder goes', async () => {
    const folder = testFolder()
    const take = await readyTake(folder)
    const faults: Faults = { takeFiles: (files) => ({ ...files, remove: async () => killed() }) }
    const desk = await dieAndStart(folder, faults, ({ ask }) => ask['messages/sendTake']({ takeId: take.id }))
    expect(await desk.ask['takes/unsent']()).toEqual([])
    expect(outgoingWaiting(desk.db).map(({ id }) => id)).toEqual([take.id])
    expect(findEntry(desk.db, take.id)).toMatchObject({ address: BOB, messageId: take.id })
    expect(takeFolders(folder)).toEqual([])
    expect(messageFiles(folder)).toEqual([`${take.id}.jpg`, `${take.id}.mp4`])
  })
})

describe('taking a message back, killed', () => {
  it('after the row: the take is there with its file', async () => {
    const folder = testFolder()
    const take = await readyTake(folder)
    const sending = openDesk(folder)
    value(await sending.ask['messages/sendTake']({ takeId: take.id }))
    await sending.close()
    const faults: Faults = { files: (files) => ({ ...files, giveBack: killed }) }
    const desk = await dieAndStart(folder, faults, ({ ask }) =>
      ask['messages/cancel']({ messageId: take.id }),
    )
    expect((await desk.ask['takes/unsent']())[0]).toMatchObject({ id: take.id, state: { phase: 'ready' } })
    expect(existsSync(desk.takeFiles.finishedPath(take.id, 'audio'))).toBe(true)
    expect(messageFiles(folder)).toEqual([])
  })

  it('after it left the outbox: the message is queued again', async () => {
    const folder = testFolder()
    const take = await readyTake(folder)
    const sending = openDesk(folder)
    value(await sending.ask['messages/sendTake']({ takeId: take.id }))
    sending.db.prepare('DELETE FROM outbox').run()
    await sending.close()
    const desk = openDesk(folder)
    await desk.start()
    expect(findEntry(desk.db, take.id)).toMatchObject({ address: BOB })
  })
})

describe('at start', () => {
  it('files and rows that have lost each other are tidied up', async () => {
    const folder = testFolder()
    const take = await readyTake(folder)
    const stray = crypto.randomUUID()
    writeFileSync(join(folder, 'messages', `${stray}.mp4`), 'x')
    writeFileSync(join(folder, 'messages', `.${stray}.part`), 'x')
    const desk = openDesk(folder)
    rmSync(join(folder, 'takes', take.id), { recursive: true })
    await desk.start()
    expect(messageFiles(folder)).toEqual([])
    expect(await desk.ask['takes/unsent']()).toEqual([])
  })
})
