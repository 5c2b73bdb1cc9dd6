import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { silentLog } from '../../../main/log'
import { createMessageFiles } from '../../../main/messages/messageFiles'
import { eventually } from '../../support/eventually'
import { audioRecording } from '../../support/media'
import { canMountSmallDisk, mountSmallDisk, type SmallDisk } from '../../support/smallDisk'
import { appendFile, MIME_TYPES, record, value } from '../../support/twoPeople'
import { type Faults, openDesk } from './desk'
import { BOB, unansweredCall } from './rows'

/** Stops the live path where it would finish, so that a test sees whether it was given up. */
function watchedLive() {
  const seen = { cancelled: 0 }
  const transcoder: Faults['transcoder'] = (real) => ({
    ...real,
    openLive(job) {
      const live = real.openLive(job)
      return {
        ...live,
        async cancel() {
          seen.cancelled += 1
          await live.cancel()
        },
      }
    },
  })
  return { seen, transcoder }
}

const POSTER = Uint8Array.from({ length: 20_000 }, (_, at) => [0xff, 0xd8, 0xff, 0xe0][at] ?? 1)
const measured = { durationMs: 2_000, width: null, height: null }

// Mounting a disk takes root on Linux.
describe.skipIf(!canMountSmallDisk)('a disk that is really full', () => {
  let disk: SmallDisk
  const ballast = () => join(disk.path, 'ballast')
  beforeEach(() => {
    disk = mountSmallDisk('size=16m')
    onTestFinished(disk.unmount)
  })

  /** To the last page, like another program that copies a film. */
  function fill() {
    for (const bytes of [1024 * 1024, 4096]) {
      try {
        for (;;) writeFileSync(ballast(), Buffer.alloc(bytes), { flag: 'a' })
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' })
      }
    }
  }
  const empty = () => rmSync(ballast())
  async function recordingOn(desk: ReturnType<typeof openDesk>) {
    const call = unansweredCall(desk.db, BOB)
    const take = value(
      await desk.ask['takes/begin']({ callId: call.id, kind: 'audio', mimeType: MIME_TYPES.audio }),
    )
    await appendFile(desk.ask, take.id, await audioRecording({ seconds: 2 }))
    return take
  }
  const state = async (desk: ReturnType<typeof openDesk>) => (await desk.ask['takes/unsent']())[0]?.state

  it('at Stop fails the take, which is there to be seen, and is recovered by the next start', async () => {
    const { seen, transcoder } = watchedLive()
    const desk = openDesk(disk.path, { transcoder })
    const take = await recordingOn(desk)
    fill()
    const finished = value(await desk.ask['takes/finish']({ takeId: take.id, ...measured, poster: POSTER }))
    expect(finished.state).toEqual({ phase: 'failed', problem: 'disk-full' })
    expect(await state(desk)).toEqual({ phase: 'failed', problem: 'disk-full' })
    expect(existsSync(desk.takeFiles.posterPath(take.id))).toBe(false)
    expect(statSync(desk.takeFiles.spoolPath(take.id)).size).toBeGreaterThan(1_000)
    expect(seen.cancelled).toBe(1)
    await desk.close()

    empty()
    const next = openDesk(disk.path)
    await next.start()
    await eventually(() => state(next)).toEqual({ phase: 'ready' })
    await next.close()
  })

  it('at Stop leaves a take that can be prepared again once there is room', async () => {
    const desk = openDesk(disk.path)
    const take = await recordingOn(desk)
    fill()
    value(await desk.ask['takes/finish']({ takeId: take.id, ...measured, poster: null }))
    expect(await state(desk)).toEqual({ phase: 'failed', problem: 'disk-full' })
    empty()
    value(await desk.ask['takes/prepareAgain']({ takeId: take.id }))
    await eventually(() => state(desk)).toEqual({ phase: 'ready' })
    await desk.close()
  })

  it('can be freed by discarding what was recorded', async () => {
    const desk = openDesk(disk.path)
    const take = await recordingOn(desk)
    fill()
    value(await desk.ask['takes/finish']({ takeId: take.id, ...measured, poster: null }))
    await desk.ask['takes/discard']({ takeId: take.id })
    expect(await desk.ask['takes/unsent']()).toEqual([])
    expect(existsSync(desk.takeFiles.spoolPath(take.id))).toBe(false)
    await desk.close()
  })

  it('lets the files of a message move there and back, the copied poster only as far as there is room', () => {
    const files = createMessageFiles(join(disk.path, 'messages'), silentLog)
    const id = crypto.randomUUID()
    const there = { file: join(disk.path, 'final.mp4'), poster: join(disk.path, 'poster.jpg') }
    writeFileSync(there.file, 'film')
    writeFileSync(there.poster, POSTER)
    fill()
    files.adopt(id, there)
    expect(readFileSync(files.paths(id).file, 'utf8')).toBe('film')
    expect(existsSync(files.paths(id).poster)).toBe(false)

    renameSync(there.poster, files.paths(id).poster)
    expect(files.giveBack(id, there)).toBe(true)
    expect(readFileSync(there.file, 'utf8')).toBe('film')
    expect(new Uint8Array(readFileSync(there.poster))).toEqual(POSTER)
  })

  it('keeps no take from being unsent: sending says so, and works once there is room', async () => {
    const desk = openDesk(disk.path)
    const call = unansweredCall(desk.db, BOB)
    const path = await audioRecording({ seconds: 2 })
    const take = await record(desk.ask, { callId: call.id, kind: 'audio', path, durationMs: 2_000 })
    const { file, poster } = {
      file: desk.takeFiles.finishedPath(take.id, 'audio'),
      poster: desk.takeFiles.posterPath(take.id),
    }
    writeFileSync(poster, POSTER)
    const before = readFileSync(file)
    fill()
    expect(await desk.ask['messages/sendTake']({ takeId: take.id })).toEqual({
      ok: false,
      failure: { kind: 'disk-full' },
    })
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(new Uint8Array(readFileSync(poster))).toEqual(POSTER)
    empty()
    value(await desk.ask['messages/sendTake']({ takeId: take.id }))
    await desk.close()
  })
})
