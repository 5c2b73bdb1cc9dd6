import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, lstat, open, rm, statfs } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { failed, ok, type Result } from '../../preload/contract/result'
import type { Log } from '../log'
import { errorCode } from './durableFile'
import { type FfmpegBinary, type FfmpegPlaces, findFfmpeg } from './ffmpegBinary'
import { runFfmpegJob } from './ffmpegJob'
import { progressFraction } from './ffmpegProgress'
import { finishFile, giveName } from './finishFile'
import { createJobTurns } from './jobTurns'
import { openLiveTranscode } from './liveTranscode'
import { type Arguments, batchArguments, planFor, posterArguments } from './plan'
import type { LiveTranscode, PrepareJob, TranscodeFailure, Transcoder } from './port'
import { readRecordingHeader, sniffDemuxer } from './recordingHeader'
import { createWaveform } from './waveform'

export type { FinishedFile, LiveTranscode, PrepareJob, TranscodeFailure, Transcoder } from './port'

const HEADER_BYTES = 1024 * 1024
const STALL_MS = 30_000
const SHORTEST_LIMIT_MS = 60_000
/** For a recording whose length nobody measured. */
const UNKNOWN_LENGTH_LIMIT_MS = 30 * 60_000
/** The finished file is about as large as the recording; the rest is for everybody else on this disk. */
const SPARE_BYTES = 4 * 1024 * 1024

/** The app's ffmpeg: finds it at first use, runs it below normal priority, a few jobs at a time. */
export function createTranscoder({ log, ffmpeg }: { log: Log; ffmpeg: FfmpegPlaces }): Transcoder {
  const turns = createJobTurns(Math.max(1, Math.min(2, availableParallelism() - 1)))
  const closing = new AbortController()
  const jobs = new Set<Promise<unknown>>()
  const lives = new Set<LiveTranscode>()
  let found: Promise<FfmpegBinary | null> | null = null

  /** Looks again after a miss, since an ffmpeg may be installed meanwhile, and after one has gone. */
  const findBinary = async () => {
    found ??= findFfmpeg(ffmpeg, log)
    const binary = await found
    if (!binary) found = null
    return binary
  }

  const run = async (
    job: { arguments: Arguments; stop: AbortSignal; limitMs: number },
    listeners: { progress?(seconds: number): void; output?(bytes: Uint8Array): void } = {},
  ): Promise<Result<null, TranscodeFailure>> => {
    const stop = AbortSignal.any([job.stop, closing.signal])
    const endTurn = await turns.take(stop)
    if (!endTurn) return failed({ kind: 'cancelled', detail: 'before its turn' })
    try {
      const binary = await findBinary()
      if (!binary) return failed({ kind: 'ffmpeg-missing', detail: '' })
      const result = await runFfmpegJob({
        ...job,
        ...listeners,
        stop,
        ffmpeg: binary.path,
        stallMs: STALL_MS,
        log,
      })
      if (!result.ok && result.failure.kind === 'ffmpeg-missing') found = null
      return result
    } finally {
      endTurn()
    }
  }

  const prepare = async (job: PrepareJob) => {
    const input = resolve(job.input)
    const output = resolve(job.output)
    const looked = await lookAt(input)
    if (!looked.ok) return looked
    const header = readRecordingHeader(looked.value.bytes)
    if (typeof header === 'string') return failed<TranscodeFailure>({ kind: 'not-media', detail: header })
    const planned = planFor(job.kind, header)
    if (!planned.ok) return planned
    const noRoom = await checkRoom(dirname(output), looked.value.size)
    if (noRoom) return failed(noRoom)

    const temporary = temporaryBeside(output)
    const waveform = createWaveform()
    const { durationMs } = job
    const limitMs =
      durationMs === null ? UNKNOWN_LENGTH_LIMIT_MS : Math.max(SHORTEST_LIMIT_MS, durationMs * 4)
    const ran = await run(
      { arguments: batchArguments(planned.value, input, temporary), stop: job.stop, limitMs },
      {
        progress: (seconds) => job.progress(progressFraction(seconds, durationMs)),
        output: (bytes) => waveform.add(bytes),
      },
    )
    if (!ran.ok) {
      await rm(temporary, { force: true })
      return ran
    }
    const finished = await finishFile({
      plan: planned.value,
      temporary,
      output,
      durationMs,
      waveform: waveform.peaks(),
    })
    if (finished.ok) job.progress(1)
    return finished
  }

  const poster: Transcoder['poster'] = async (job) => {
    const input = resolve(job.input)
    const output = resolve(job.output)
    const looked = await lookAt(input)
    if (!looked.ok) return looked
    const demuxer = sniffDemuxer(looked.value.bytes)
    if (!demuxer) return failed<TranscodeFailure>({ kind: 'not-media', detail: 'unknown bytes' })
    const temporary = temporaryBeside(output)
    // The first frames are often black; the shortest takes have nothing later.
    for (const atSeconds of [0.5, 0]) {
      const words = posterArguments(demuxer, input, temporary, atSeconds, job.width)
      const ran = await run({ arguments: words, stop: closing.signal, limitMs: SHORTEST_LIMIT_MS })
      if (!ran.ok) {
        await rm(temporary, { force: true })
        return ran
      }
      if (!(await lstat(temporary).catch(() => null))?.size) continue
      const failure = await giveName(temporary, output)
      return failure ? failed(failure) : ok(null)
    }
    await rm(temporary, { force: true })
    return failed<TranscodeFailure>({ kind: 'bad-output', detail: 'no frame' })
  }

  const track = <Value>(job: Promise<Value>): Promise<Value> => {
    const tracked = job.finally(() => jobs.delete(tracked))
    jobs.add(tracked)
    return tracked
  }

  return {
    version: async () => (await findBinary())?.version ?? null,

    openLive({ kind, mimeType, output }) {
      const final = resolve(output)
      log.debug('a recording begins', { mimeType })
      const live = openLiveTranscode({
        findBinary,
        kind,
        temporary: temporaryBeside(final),
        output: final,
        log,
      })
      lives.add(live)
      return {
        write: live.write,
        finish: () => live.finish().finally(() => lives.delete(live)),
        cancel: () => live.cancel().finally(() => lives.delete(live)),
      }
    },

    prepare: (job) => track(prepare(job)),
    poster: (job) => track(poster(job)),

    async stop() {
      closing.abort()
      await Promise.allSettled([...jobs, ...[...lives].map((live) => live.cancel())])
    },
  }
}

/** In the same folder, so that renaming it is one step; swept at the next start when a crash leaves it. */
const temporaryBeside = (output: string) => join(dirname(output), `.${randomUUID()}.part`)

/** The first bytes of a plain file. A named pipe would wait for ever and a link may lead anywhere: both are refused. */
async function lookAt(path: string): Promise<Result<{ bytes: Uint8Array; size: number }, TranscodeFailure>> {
  let file: FileHandle
  try {
    if (!(await lstat(path)).isFile()) return failed({ kind: 'not-media', detail: 'not a regular file' })
    file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  } catch (error) {
    const code = errorCode(error)
    if (!code) throw error
    return failed({ kind: 'input-missing', detail: code })
  }
  try {
    const { size } = await file.stat()
    const bytes = new Uint8Array(Math.min(size, HEADER_BYTES))
    const { bytesRead } = await file.read(bytes, 0, bytes.byteLength, 0)
    return ok({ bytes: bytes.subarray(0, bytesRead), size })
  } finally {
    await file.close()
  }
}

/** Looks before a long job; a disk that fills up meanwhile is told by ffmpeg. */
async function checkRoom(folder: string, inputBytes: number): Promise<TranscodeFailure | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    const needed = inputBytes * 1.2 + SPARE_BYTES
    if (bavail * bsize >= needed) return null
    return { kind: 'disk-full', detail: `${bavail * bsize} bytes free of ${Math.ceil(needed)}` }
  } catch (error) {
    const code = errorCode(error)
    if (!code) throw error
    return { kind: 'output-unwritable', detail: code }
  }
}
