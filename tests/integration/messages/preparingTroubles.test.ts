import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { setTakeState } from '../../../main/messages/takeStore'
import type { Transcoder } from '../../../main/transcoder/transcoder'
import { failed } from '../../../preload/contract/result'
import type { Take } from '../../../preload/contract/takes'
import { eventually } from '../../support/eventually'
import { audioRecording, h264Recording, probe } from '../../support/media'
import { appendFile, MIME_TYPES, record, value } from '../../support/twoPeople'
import { testFolder } from '../database/testDatabase'
import { type Faults, openDesk } from './desk'
import { BOB, unansweredCall } from './rows'

type Desk = ReturnType<typeof openDesk>

/** A live path that takes everything and gives nothing. */
const brokenLive = (transcoder: Transcoder): Transcoder => ({
  ...transcoder,
  openLive: () => ({
    write() {},
    finish: async () => failed({ kind: 'ffmpeg-failed', detail: 'broken on purpose' }),
    cancel: async () => {},
  }),
})
const video = async (desk: Desk) => ({
  callId: unansweredCall(desk.db, BOB).id,
  kind: 'video' as const,
  path: await h264Recording({ seconds: 2 }),
  durationMs: 2_000,
})
const begun = async (desk: Desk, callId: string) =>
  value(await desk.ask['takes/begin']({ callId, kind: 'audio', mimeType: MIME_TYPES.audio }))
const state = async (desk: Desk) => (await desk.ask['takes/unsent']())[0]?.state
const phases = (desk: Desk) =>
  desk.published.flatMap(({ channel, event }) =>
    channel === 'takes/changed' ? [(event as Take).state.phase] : [],
  )
const measured = { durationMs: 2_000, width: null, height: null, poster: null }

describe('when the live path fails', () => {
  it('finishing answers at once, and the batch path makes the file', async () => {
    const desk = openDesk(testFolder(), { transcoder: brokenLive })
    const take = await record(desk.ask, await video(desk))
    expect(take.state.phase).toBe('preparing')
    await eventually(() => state(desk)).toEqual({ phase: 'ready' })
    const file = desk.takeFiles.finishedPath(take.id, 'video')
    expect((await probe(file)).streams.map((stream) => stream.codec_name)).toEqual(['h264', 'aac'])
    expect(existsSync(desk.takeFiles.spoolPath(take.id))).toBe(false)
    expect(new Set(phases(desk))).toEqual(new Set(['recording', 'preparing', 'ready']))
  })

  it('tells how far preparing is', async () => {
    const desk = openDesk(testFolder(), {
      transcoder: (transcoder) => ({
        ...brokenLive(transcoder),
        async prepare(job) {
          job.progress(0.25)
          job.progress(0.75)
          return transcoder.prepare(job)
        },
      }),
    })
    await record(desk.ask, await video(desk))
    await eventually(() => state(desk)).toEqual({ phase: 'ready' })
    const told = desk.published.map(({ event }) => (event as Take).state)
    expect(told).toContainEqual({ phase: 'preparing', progress: 0.25 })
    expect(told).toContainEqual({ phase: 'preparing', progress: 0.75 })
  })

  it('discarding stops the batch path and removes everything', async () => {
    let stopped = false
    const desk = openDesk(testFolder(), {
      transcoder: (transcoder) => ({
        ...brokenLive(transcoder),
        prepare: (job) =>
          new Promise((resolve) => {
            job.stop.addEventListener('abort', () => {
              stopped = true
              resolve(failed({ kind: 'cancelled', detail: '' }))
            })
          }),
      }),
    })
    const take = await record(desk.ask, await video(desk))
    await desk.ask['takes/discard']({ takeId: take.id })
    expect(stopped).toBe(true)
    expect(await state(desk)).toBeUndefined()
    expect(existsSync(dirname(desk.takeFiles.spoolPath(take.id)))).toBe(false)
    expect(desk.published.at(-1)).toEqual({ channel: 'takes/removed', event: { takeId: take.id } })
  })
})

describe('when the disk is full', () => {
  it('while preparing, what was recorded is kept for another try', async () => {
    let full = true
    const desk = openDesk(testFolder(), {
      transcoder: (transcoder) => ({
        ...brokenLive(transcoder),
        prepare: async (job) =>
          full ? failed({ kind: 'disk-full', detail: 'ENOSPC' }) : transcoder.prepare(job),
      }),
    })
    const take = await record(desk.ask, await video(desk))
    await eventually(() => state(desk)).toEqual({ phase: 'failed', problem: 'disk-full' })
    expect(existsSync(desk.takeFiles.spoolPath(take.id))).toBe(true)
    full = false
    value(await desk.ask['takes/prepareAgain']({ takeId: take.id }))
    await eventually(() => state(desk)).toEqual({ phase: 'ready' })
  })

  it.each([
    ['live', (transcoder: Transcoder) => transcoder],
    ['batch', brokenLive],
  ])('while recording, what fitted is kept and becomes the take (%s path)', async (_path, transcoder) => {
    const recording = await audioRecording({ seconds: 4 })
    const room = Math.floor(readFileSync(recording).byteLength / 2)
    const desk = openDesk(testFolder(), {
      transcoder,
      takeFiles: (files) => ({
        ...files,
        async open(takeId) {
          const spool = value(await files.open(takeId))
          let used = 0
          return {
            ok: true,
            value: {
              ...spool,
              async append(seq, bytes) {
                if (used + bytes.byteLength > room) return failed({ kind: 'disk-full' })
                used += bytes.byteLength
                return spool.append(seq, bytes)
              },
            },
          }
        },
      }),
    })
    const take = await begun(desk, unansweredCall(desk.db, BOB).id)
    await expect(appendFile(desk.ask, take.id, recording, 4_096)).rejects.toThrow('disk-full')
    value(await desk.ask['takes/finish']({ takeId: take.id, ...measured, durationMs: 4_000 }))
    await eventually(() => state(desk)).toEqual({ phase: 'ready' })
    const kept = (await desk.ask['takes/unsent']())[0]?.durationMs ?? 0
    expect(kept).toBeGreaterThan(1_000)
    expect(kept).toBeLessThan(3_000)
  })

  it('before the first byte, nothing is left of the take', async () => {
    const desk = openDesk(testFolder(), {
      takeFiles: (files) => ({ ...files, open: async () => failed({ kind: 'disk-full' }) }),
    })
    const { id: callId } = unansweredCall(desk.db, BOB)
    const begin = () => desk.ask['takes/begin']({ callId, kind: 'audio', mimeType: MIME_TYPES.audio })
    expect(await begin()).toEqual({ ok: false, failure: { kind: 'disk-full' } })
    expect(await desk.ask['takes/unsent']()).toEqual([])
    expect(await begin()).toEqual({ ok: false, failure: { kind: 'disk-full' } })
  })
})

describe('discarding', () => {
  it.each(['while it records', 'while it is being finished'])('%s leaves nothing', async (when) => {
    const desk = openDesk(testFolder())
    const take = await begun(desk, unansweredCall(desk.db, BOB).id)
    await appendFile(desk.ask, take.id, await audioRecording({ seconds: 2 }))
    const finishing =
      when === 'while it records' ? null : desk.ask['takes/finish']({ takeId: take.id, ...measured })
    await desk.ask['takes/discard']({ takeId: take.id })
    if (finishing) expect(await finishing).toEqual({ ok: false, failure: { kind: 'take-unknown' } })
    expect(await desk.ask['takes/unsent']()).toEqual([])
    expect(existsSync(dirname(desk.takeFiles.spoolPath(take.id)))).toBe(false)
    const removals = desk.published.filter(({ channel }) => channel === 'takes/removed')
    expect(removals).toHaveLength(1)
  })
})

describe('a poster that breaks', () => {
  it('leaves the take ready', async () => {
    let asked = 0
    const desk = openDesk(testFolder(), {
      transcoder: (transcoder) => ({
        ...transcoder,
        async poster() {
          asked += 1
          throw new Error('broken on purpose')
        },
      }),
    })
    const take = await record(desk.ask, await video(desk))
    await eventually(() => asked).toBe(1)
    // Sending waits until nothing runs for the take.
    expect(value(await desk.ask['messages/sendTake']({ takeId: take.id })).id).toBe(take.id)
    expect(phases(desk)).not.toContain('failed')
  })
})

describe('a start', () => {
  it('takes up the finished file of a take that is said to have failed', async () => {
    const folder = testFolder()
    const first = openDesk(folder)
    const take = await record(first.ask, await video(first))
    await first.close()
    const desk = openDesk(folder)
    setTakeState(desk.db, take.id, { phase: 'failed', problem: 'ffmpeg-failed' })
    expect(existsSync(desk.takeFiles.spoolPath(take.id))).toBe(false)
    await desk.start()
    expect(await state(desk)).toEqual({ phase: 'ready' })
    expect(existsSync(desk.takeFiles.finishedPath(take.id, 'video'))).toBe(true)
  })
})

describe('beginning while everything ends', () => {
  /** Lets go when the test says so. */
  function gate() {
    let open = () => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    let reached = false
    return {
      open: () => open(),
      reached: () => reached,
      pass() {
        reached = true
        return opened
      },
    }
  }
  const slowDisk = (held: ReturnType<typeof gate>): Faults => ({
    async freeBytes() {
      await held.pass()
      return Number.POSITIVE_INFINITY
    },
  })
  const slowFolder = (held: ReturnType<typeof gate>): Faults => ({
    takeFiles: (files) => ({
      ...files,
      async open(takeId) {
        await held.pass()
        return files.open(takeId)
      },
    }),
  })
  const cases = [
    ['the disk is asked', slowDisk],
    ['its folder is made', slowFolder],
  ] as const

  it.each(cases)('a window that goes while %s leaves no recording behind', async (_when, slow) => {
    const held = gate()
    const desk = openDesk(testFolder(), slow(held))
    const { id: callId } = unansweredCall(desk.db, BOB)
    const begin = () => desk.ask['takes/begin']({ callId, kind: 'audio', mimeType: MIME_TYPES.audio })
    const beginning = begin()
    await eventually(held.reached).toBe(true)
    await desk.windowGone()
    held.open()
    expect(await beginning).toEqual({ ok: false, failure: { kind: 'call-unknown' } })
    expect(await desk.ask['takes/unsent']()).toEqual([])
    expect(await desk.takeFiles.list()).toEqual([])
    value(await begin())
  })

  it.each(cases)('stopping while %s waits for it, and leaves nothing', async (_when, slow) => {
    const held = gate()
    const desk = openDesk(testFolder(), slow(held))
    const { id: callId } = unansweredCall(desk.db, BOB)
    const beginning = desk.ask['takes/begin']({ callId, kind: 'audio', mimeType: MIME_TYPES.audio })
    await eventually(held.reached).toBe(true)
    const ended: string[] = []
    const stopping = desk.stop().then(() => ended.push('stop'))
    void Promise.resolve(beginning).then(() => ended.push('begin'))
    held.open()
    expect(await beginning).toMatchObject({ ok: false })
    await stopping
    expect(ended).toEqual(['begin', 'stop'])
    expect(await desk.takeFiles.list()).toEqual([])
  })
})
