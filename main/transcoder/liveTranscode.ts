import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import type { Medium } from '../../preload/contract/ids'
import { failed } from '../../preload/contract/result'
import type { Log } from '../log'
import { errorCode } from './durableFile'
import type { FfmpegBinary } from './ffmpegBinary'
import { classifyExit, classifyStart } from './ffmpegFailure'
import { finishFile } from './finishFile'
import { commandLine, liveArguments, type Plan, planFor } from './plan'
import type { LiveTranscode, TranscodeFailure } from './port'
import { readRecordingHeader } from './recordingHeader'
import { createWaveform } from './waveform'

/** More than this waiting for ffmpeg means that it hangs; the spool has everything anyway. */
const LARGEST_BACKLOG_BYTES = 32 * 1024 * 1024
/** A header that is longer is none. */
const LONGEST_HEADER_BYTES = 1024 * 1024
const FINISH_LIMIT_MS = 30_000
const STDERR_KEPT = 4_000

/**
 * Starts an ffmpeg with the recording's first bytes, feeds it the rest, and has the finished file a moment after the
 * last. Only what can be copied goes this way: encoding a picture while the camera is encoded too would cost frames.
 * @param temporary where ffmpeg writes; next to `output`
 */
export function openLiveTranscode({
  findBinary,
  kind,
  temporary,
  output,
  log,
}: {
  findBinary(): Promise<FfmpegBinary | null>
  kind: Medium
  temporary: string
  output: string
  log: Log
}): LiveTranscode {
  const waveform = createWaveform()
  let failure: TranscodeFailure | null = null
  /** What came before ffmpeg ran. */
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let plan: Plan | null = null
  let starting: Promise<void> | null = null
  let child: ChildProcessWithoutNullStreams | null = null
  /** Resolves when the process and its pipes have ended. */
  let closed: Promise<unknown> | null = null
  let stderr = ''
  let inputEnded = false

  const fail = (reason: TranscodeFailure) => {
    if (!failure && reason.kind !== 'cancelled') log.warn('the live transcode failed', reason)
    failure ??= reason
    waiting = []
    child?.kill('SIGKILL')
  }

  const feed = (bytes: Uint8Array) => {
    if (!child) return
    if (child.stdin.writableLength + bytes.byteLength > LARGEST_BACKLOG_BYTES) {
      fail({ kind: 'ffmpeg-failed', detail: 'it does not keep up' })
      return
    }
    child.stdin.write(bytes)
  }

  const start = async (chosen: Plan) => {
    const binary = await findBinary()
    if (failure) return
    if (!binary) return fail({ kind: 'ffmpeg-missing', detail: '' })
    const words = commandLine(liveArguments(chosen, temporary))
    log.info(`ffmpeg ${words.join(' ')}`)
    let started: ChildProcessWithoutNullStreams
    try {
      started = spawn(binary.path, words, { windowsHide: true, stdio: 'pipe' })
    } catch (error) {
      return fail(classifyStart(errorCode(error) ?? String(error)))
    }
    child = started
    closed = new Promise((resolve) => {
      started.on('close', resolve)
      started.on('error', (error) => {
        fail(classifyStart(errorCode(error) ?? error.message))
        resolve(null)
      })
    })
    started.on('close', (code, signal) => {
      const reason = classifyExit({ code, signal, stderr })
      if (reason) fail(reason)
      else if (!started.stdin.writableFinished)
        fail({ kind: 'ffmpeg-failed', detail: 'it ended before its input' })
    })
    // A broken pipe shows as the end of the process as well, with the reason on stderr.
    started.stdin.on('error', (error) => log.debug('ffmpeg takes no more', { code: errorCode(error) }))
    started.stdout.on('data', (bytes: Uint8Array) => waveform.add(bytes))
    started.stderr.on('data', (text: Buffer) => {
      stderr = (stderr + text.toString()).slice(-STDERR_KEPT)
    })
    for (const bytes of waiting) feed(bytes)
    waiting = []
  }

  const wait = (bytes: Uint8Array) => {
    waiting.push(bytes)
    waitingBytes += bytes.byteLength
    if (waitingBytes > LARGEST_BACKLOG_BYTES)
      fail({ kind: 'ffmpeg-failed', detail: 'it did not start in time' })
    if (starting || failure) return
    const header = readRecordingHeader(Buffer.concat(waiting))
    if (header === 'incomplete') {
      if (waitingBytes > LONGEST_HEADER_BYTES) fail({ kind: 'not-media', detail: 'no header' })
      return
    }
    if (header === 'not-media') return fail({ kind: 'not-media', detail: 'unknown bytes' })
    const planned = planFor(kind, header)
    if (!planned.ok) return fail(planned.failure)
    plan = planned.value
    if (plan.video === 'encode')
      return fail({ kind: 'ffmpeg-failed', detail: 'it needs encoding, afterwards' })
    starting = start(plan)
  }

  const cleanUp = async () => {
    await starting
    await closed
    await rm(temporary, { force: true })
  }

  return {
    write(bytes) {
      if (failure || inputEnded || bytes.byteLength === 0) return
      if (child) feed(bytes)
      else wait(bytes)
    },

    async finish() {
      inputEnded = true
      if (!starting) fail({ kind: 'not-media', detail: 'it ended before its header did' })
      await starting
      if (child && !failure) {
        const limit = setTimeout(
          () => fail({ kind: 'timed-out', detail: 'after its input' }),
          FINISH_LIMIT_MS,
        )
        child.stdin.end()
        await closed
        clearTimeout(limit)
      }
      if (failure || !plan) {
        await cleanUp()
        return failed(failure ?? { kind: 'ffmpeg-failed', detail: '' })
      }
      return finishFile({ plan, temporary, output, durationMs: null, waveform: waveform.peaks() })
    },

    async cancel() {
      inputEnded = true
      fail({ kind: 'cancelled', detail: '' })
      await cleanUp()
    },
  }
}
