import { ChildProcess } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import createCommand from 'fluent-ffmpeg'
import { failed, ok, type Result } from '../../preload/contract/result'
import type { Log } from '../log'
import { errorCode } from './durableFile'
import { classifyExit, classifyStart } from './ffmpegFailure'
import { parseProgress } from './ffmpegProgress'
import type { Arguments } from './plan'
import type { TranscodeFailure } from './port'

const STDERR_KEPT = 4_000
/** fluent-ffmpeg first asks the program what it can do, which cannot be stopped. */
const START_LIMIT_MS = 10_000

export type FfmpegJob = {
  ffmpeg: string
  arguments: Arguments
  /** Kills the process; the job resolves as cancelled once it has gone. */
  stop: AbortSignal
  /** Kills it when it takes longer than this, or makes no progress for that long. */
  limitMs: number
  stallMs: number
  log: Log
  /** Seconds of output written so far. */
  progress?(seconds: number): void
  /** What comes out at `pipe:1`. */
  output?(bytes: Uint8Array): void
}

/**
 * Runs one ffmpeg to its end, below normal priority. The only user of fluent-ffmpeg (archived at 2.1.3), whose traps
 * are met here: `kill()` before the process exists does nothing; a program that has gone since its first job ends in
 * a TypeError that nobody can catch; errors carry neither exit code nor signal.
 */
export function runFfmpegJob(job: FfmpegJob): Promise<Result<null, TranscodeFailure>> {
  const { log, stop } = job
  return new Promise((resolve) => {
    let child: ChildProcess | null = null
    /** Why we ended it ourselves. */
    let ended: TranscodeFailure | null = null
    let stderr = ''
    let stall: NodeJS.Timeout | undefined
    let neverStarted: NodeJS.Timeout | undefined

    const settle = (result: Result<null, TranscodeFailure>) => {
      clearTimeout(limit)
      clearTimeout(stall)
      clearTimeout(neverStarted)
      stop.removeEventListener('abort', cancel)
      resolve(result)
    }
    const end = (failure: TranscodeFailure) => {
      if (ended) return
      ended = failure
      // A child that appears later is killed at its `start`.
      if (child) child.kill('SIGKILL')
      else neverStarted = setTimeout(() => settle(failed(failure)), START_LIMIT_MS)
    }
    const cancel = () => end({ kind: 'cancelled', detail: '' })
    const limit = setTimeout(() => end({ kind: 'timed-out', detail: 'time limit' }), job.limitMs)
    const watchForStall = () => {
      clearTimeout(stall)
      stall = setTimeout(() => end({ kind: 'timed-out', detail: 'no progress' }), job.stallMs)
    }

    // Its presets are files beside its own code, which is bundled into ours; unsaid, it looks for them at once.
    const command = createCommand({ presets: 'none' })
    command.input(job.arguments.source).inputOptions(...job.arguments.options)
    for (const { options, target } of job.arguments.outputs) command.output(target).outputOptions(...options)
    command.setFfmpegPath(job.ffmpeg)

    command.on('start', (line: string) => {
      log.info(line)
      // Not in its types: the child, which is there from `start` on. https://github.com/fluent-ffmpeg/node-fluent-ffmpeg/blob/v2.1.3/lib/processor.js
      const started: unknown = Reflect.get(command, 'ffmpegProc')
      if (!(started instanceof ChildProcess)) throw new Error('fluent-ffmpeg hides its process')
      child = started
      // Its own listener throws when the program could not be started; this one runs instead of it.
      started.removeAllListeners('error')
      started.on('error', (error) =>
        settle(failed(ended ?? classifyStart(errorCode(error) ?? error.message))),
      )
      started.on('close', (code, signal) => {
        const failure = ended ?? classifyExit({ code, signal, stderr })
        settle(failure ? failed(failure) : ok(null))
      })
      started.stdout?.on('data', (bytes: Uint8Array) => job.output?.(bytes))
      if (started.pid !== undefined) lowerPriority(started.pid, log)
      if (ended) started.kill('SIGKILL')
    })
    let lastSeconds: number | null = null
    command.on('stderr', (line: string) => {
      const progress = parseProgress(line)
      if (!progress) {
        stderr = `${stderr}${line}\n`.slice(-STDERR_KEPT)
        return
      }
      if (progress.seconds === null || progress.seconds === lastSeconds) return
      lastSeconds = progress.seconds
      watchForStall()
      job.progress?.(progress.seconds)
    })
    // Before `start`, this tells that ffmpeg would not run at all; after it, the process's own events say more.
    command.on('error', (error: Error) => {
      if (!child) settle(failed(ended ?? classifyStart(errorCode(error) ?? error.message)))
    })
    command.on('end', () => {})

    watchForStall()
    stop.addEventListener('abort', cancel, { once: true })
    if (stop.aborted) cancel()
    command.run()
  })
}

function lowerPriority(pid: number, log: Log): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch (error) {
    // It may have ended already.
    log.debug('ffmpeg keeps its priority', { code: errorCode(error) })
  }
}
