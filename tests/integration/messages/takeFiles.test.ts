import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { silentLog } from '../../../main/log'
import { createTakeFiles, type Spool, type TakeFiles } from '../../../main/messages/takeFiles'
import { canMountSmallDisk, mountSmallDisk } from '../../support/smallDisk'

function takeFilesIn(folder: string, largestSpoolBytes?: number): TakeFiles {
  return createTakeFiles({ folder, log: silentLog, ...(largestSpoolBytes ? { largestSpoolBytes } : {}) })
}

function temporaryTakes(largestSpoolBytes?: number): { folder: string; files: TakeFiles } {
  const root = mkdtempSync(join(tmpdir(), 'aftertone-takes-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const folder = join(root, 'takes')
  return { folder, files: takeFilesIn(folder, largestSpoolBytes) }
}

async function opened(files: TakeFiles, takeId: string): Promise<Spool> {
  const result = await files.open(takeId)
  if (!result.ok) throw new Error(result.failure.kind)
  onTestFinished(() => result.value.close())
  return result.value
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
/** Every FileHandle of this process, to see what it is asked for. */
async function fileHandles(): Promise<FileHandle> {
  const handle = await open(process.execPath)
  await handle.close()
  return Object.getPrototypeOf(handle)
}

describe('a spool', () => {
  test('holds the chunks in order, also when nobody waited for the one before', async () => {
    const { files } = temporaryTakes()
    const takeId = randomUUID()
    const spool = await opened(files, takeId)
    const results = await Promise.all(
      ['one ', 'two ', 'three'].map((text, seq) => spool.append(seq, bytes(text))),
    )
    expect(results).toEqual(Array(3).fill({ ok: true, value: null }))
    await spool.close()
    expect(readFileSync(files.spoolPath(takeId), 'utf8')).toBe('one two three')
  })

  test('refuses a chunk out of order, says which one it wants, and goes on with that', async () => {
    const { files } = temporaryTakes()
    const takeId = randomUUID()
    const spool = await opened(files, takeId)
    await spool.append(0, bytes('a'))
    const outOfOrder = { ok: false, failure: { kind: 'out-of-order', expected: 1 } }
    expect(await spool.append(0, bytes('a'))).toEqual(outOfOrder)
    expect(await spool.append(2, bytes('c'))).toEqual(outOfOrder)
    expect(await spool.append(1, bytes('b'))).toEqual({ ok: true, value: null })
    await spool.close()
    expect(readFileSync(files.spoolPath(takeId), 'utf8')).toBe('ab')
  })

  test('holds exactly what it acknowledged, whatever order is tried', async () => {
    const { files } = temporaryTakes()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(6), fc.uint8Array({ maxLength: 40 }))), async (tries) => {
        const takeId = randomUUID()
        const spool = await opened(files, takeId)
        const results = await Promise.all(tries.map(([seq, chunk]) => spool.append(seq, chunk)))
        await spool.close()
        const accepted = tries.filter((_, at) => results[at]?.ok)
        expect(accepted.map(([seq]) => seq)).toEqual(accepted.map((_, at) => at))
        const whole = Buffer.concat(accepted.map(([, chunk]) => chunk))
        expect(readFileSync(files.spoolPath(takeId)).equals(whole)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test('takes no more than its cap, and keeps what it has', async () => {
    const { files } = temporaryTakes(10)
    const takeId = randomUUID()
    const spool = await opened(files, takeId)
    await spool.append(0, bytes('12345678'))
    expect(await spool.append(1, bytes('abc'))).toEqual({ ok: false, failure: { kind: 'too-long' } })
    expect(await spool.append(1, bytes('90'))).toEqual({ ok: true, value: null })
    await spool.close()
    expect(readFileSync(files.spoolPath(takeId), 'utf8')).toBe('1234567890')
  })

  test('is synced every two seconds while data arrives, and at its end', async () => {
    const { files } = temporaryTakes()
    const prototype = await fileHandles()
    const spool = await opened(files, randomUUID())
    const datasync = vi.spyOn(prototype, 'datasync')
    const sync = vi.spyOn(prototype, 'sync')
    const start = performance.now()
    const now = vi.spyOn(performance, 'now')
    onTestFinished(() => {
      vi.restoreAllMocks()
    })
    const appendAt = async (seq: number, ms: number) => {
      now.mockReturnValue(start + ms)
      await spool.append(seq, bytes('x'))
    }
    await appendAt(0, 500)
    expect(datasync).toHaveBeenCalledTimes(0)
    await appendAt(1, 2_500)
    expect(datasync).toHaveBeenCalledTimes(1)
    await appendAt(2, 3_000)
    await appendAt(3, 4_400)
    expect(datasync).toHaveBeenCalledTimes(1)
    await appendAt(4, 4_600)
    expect(datasync).toHaveBeenCalledTimes(2)
    await spool.close()
    expect(sync).toHaveBeenCalledTimes(1)
  })

  test('finishes what was asked before it closes, takes nothing afterwards, closes twice', async () => {
    const { files } = temporaryTakes()
    const takeId = randomUUID()
    const spool = await opened(files, takeId)
    const append = spool.append(0, bytes('last'))
    await Promise.all([spool.close(), spool.close()])
    expect(await append).toEqual({ ok: true, value: null })
    expect(readFileSync(files.spoolPath(takeId), 'utf8')).toBe('last')
    await expect(spool.append(1, bytes('late'))).rejects.toThrow('closed')
  })
})

describe('a full disk', () => {
  test.skipIf(!canMountSmallDisk)(
    'is said, loses nothing, and the chunk fits once there is room (needs root on Linux to mount one)',
    async () => {
      const disk = mountSmallDisk('size=2m')
      try {
        const ballast = join(disk.path, 'ballast')
        writeFileSync(ballast, Buffer.alloc(1024 * 1024))
        const files = takeFilesIn(join(disk.path, 'takes'))
        const takeId = randomUUID()
        const spool = await opened(files, takeId)
        const chunk = (seq: number) => Buffer.alloc(300_000, seq + 1)
        let seq = 0
        let result = await spool.append(seq, chunk(seq))
        while (result.ok) {
          seq += 1
          result = await spool.append(seq, chunk(seq))
        }
        expect(result).toEqual({ ok: false, failure: { kind: 'disk-full' } })
        expect(seq).toBeGreaterThan(1)
        const acknowledged = Buffer.concat(Array.from({ length: seq }, (_, at) => chunk(at)))
        const onDisk = () => readFileSync(files.spoolPath(takeId))
        // The half of a chunk that fitted has made room again.
        expect(onDisk().equals(acknowledged)).toBe(true)

        rmSync(ballast)
        expect(await spool.append(seq, chunk(seq))).toEqual({ ok: true, value: null })
        await spool.close()
        expect(onDisk().equals(Buffer.concat([acknowledged, chunk(seq)]))).toBe(true)
      } finally {
        disk.unmount()
      }
    },
  )

  test.skipIf(!canMountSmallDisk)(
    'is said when a spool is opened (needs root on Linux to mount one)',
    async () => {
      const disk = mountSmallDisk('size=2m,nr_inodes=2')
      try {
        const files = takeFilesIn(join(disk.path, 'takes'))
        expect(await files.open(randomUUID())).toEqual({ ok: false, failure: { kind: 'disk-full' } })
      } finally {
        disk.unmount()
      }
    },
  )
})

describe('the files of a take', () => {
  test('a take has one spool', async () => {
    const { files } = temporaryTakes()
    const takeId = randomUUID()
    const spool = await opened(files, takeId)
    await spool.append(0, bytes('mine'))
    expect(await files.open(takeId)).toEqual({ ok: false, failure: { kind: 'unwritable', detail: 'EEXIST' } })
    expect(readFileSync(files.spoolPath(takeId), 'utf8')).toBe('mine')
  })

  test('a folder that cannot be made is said', async () => {
    const { folder, files } = temporaryTakes()
    writeFileSync(folder, 'a file stands here')
    expect(await files.open(randomUUID())).toMatchObject({ ok: false, failure: { kind: 'unwritable' } })
  })

  test('only an id names a folder', () => {
    const { files } = temporaryTakes()
    for (const name of ['../../etc', '', '.', 'a/b']) {
      expect(() => files.spoolPath(name), name).toThrow()
      expect(() => files.remove(name), name).toThrow()
    }
  })

  test('are listed with what they hold, and strangers are not', async () => {
    const { folder, files } = temporaryTakes()
    expect(await files.list()).toEqual([])
    const [recorded, video, audio, empty] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
    await (await opened(files, recorded)).append(0, bytes('12345'))
    for (const path of [files.finishedPath(video, 'video'), files.finishedPath(audio, 'audio')]) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, 'x')
    }
    mkdirSync(join(folder, empty))
    mkdirSync(join(folder, 'lost+found'))
    writeFileSync(join(folder, '.DS_Store'), '')
    const listed = await files.list()
    expect(listed).toHaveLength(4)
    expect(listed).toEqual(
      expect.arrayContaining([
        { takeId: recorded, spoolBytes: 5, finished: null },
        { takeId: video, spoolBytes: null, finished: 'video' },
        { takeId: audio, spoolBytes: null, finished: 'audio' },
        { takeId: empty, spoolBytes: null, finished: null },
      ]),
    )
  })

  test('the sweep takes unfinished files and nothing else', async () => {
    const { files } = temporaryTakes()
    await files.sweep()
    const takeId = randomUUID()
    await opened(files, takeId)
    const folder = dirname(files.spoolPath(takeId))
    const unfinished = join(folder, `.${randomUUID()}.part`)
    for (const path of [unfinished, files.posterPath(takeId)]) writeFileSync(path, 'x')
    await files.sweep()
    expect(existsSync(unfinished)).toBe(false)
    expect(existsSync(files.posterPath(takeId))).toBe(true)
    expect(existsSync(files.spoolPath(takeId))).toBe(true)
  })

  test('are removed, the spool alone or all; twice does no harm', async () => {
    const { files } = temporaryTakes()
    const takeId = randomUUID()
    await (await opened(files, takeId)).close()
    writeFileSync(files.finishedPath(takeId, 'video'), 'x')
    await files.removeSpool(takeId)
    await files.removeSpool(takeId)
    expect(await files.list()).toEqual([{ takeId, spoolBytes: null, finished: 'video' }])
    await files.remove(takeId)
    await files.remove(takeId)
    expect(await files.list()).toEqual([])
  })
})
