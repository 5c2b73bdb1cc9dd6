import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { silentLog } from '../../main/log'
import { batchArguments, commandLine, planFor } from '../../main/transcoder/plan'
import { readRecordingHeader } from '../../main/transcoder/recordingHeader'
import { createTranscoder, type Transcoder } from '../../main/transcoder/transcoder'
import { FFMPEG, h264Recording } from '../support/media'
import { median } from '../support/median'
import type { BenchRow } from './row'

const ROUNDS = 3
const LENGTHS = [15, 60]
/** The live path is fed this much faster than a recorder would, in chunks as a recorder makes them. */
const SPEED_UP = 20
const CHUNK_MS = 250

/**
 * What stands between Stop and a finished file, and what the batch path costs on top of the bare ffmpeg command with
 * the same arguments. Rounds take turns, so that what else the machine does falls on all of them alike.
 */
export async function benchPrepare(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aftertone-bench-'))
  const transcoder = createTranscoder({
    log: silentLog,
    ffmpeg: { explicit: null, environment: process.env, resourcesFolder: null, packaged: false },
  })
  try {
    const rows: BenchRow[] = []
    for (const seconds of LENGTHS) {
      const recording = await h264Recording({ seconds, size: '1280x720' })
      const [live, batch, bare]: [number[], number[], number[]] = [[], [], []]
      for (let round = 0; round <= ROUNDS; round += 1) {
        const times = {
          bare: await runBare(recording, join(folder, 'bare.mp4')),
          batch: await runBatch(transcoder, recording, join(folder, 'batch.mp4')),
          live: await runLive(transcoder, recording, seconds, join(folder, 'live.mp4')),
        }
        // The first round fills caches, fluent-ffmpeg's own among them.
        if (round === 0) continue
        live.push(times.live)
        batch.push(times.batch)
        bare.push(times.bare)
      }
      const reference = median(bare)
      const row = (name: string, times: number[], budget: string) =>
        rows.push({
          name,
          ours: median(times),
          reference,
          unit: 'ms',
          ratio: median(times) / reference,
          budget,
        })
      row(`stop → finished file, live, ${seconds} s, against ffmpeg afterwards`, live, '≤ 150 ms')
      row(`prepare, batch, ${seconds} s, against bare ffmpeg`, batch, '≤ 1.25 × + 150 ms')
    }
    return rows
  } finally {
    await transcoder.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** From the last byte to the file that has its name. */
async function runLive(
  transcoder: Transcoder,
  recording: string,
  seconds: number,
  output: string,
): Promise<number> {
  const bytes = readFileSync(recording)
  const chunkBytes = Math.ceil(bytes.length / ((seconds * 1_000) / CHUNK_MS))
  const live = transcoder.openLive({ kind: 'video', mimeType: 'video/x-matroska;codecs=avc1,opus', output })
  let at = 0
  for (; at + chunkBytes < bytes.length; at += chunkBytes) {
    live.write(bytes.subarray(at, at + chunkBytes))
    await wait(CHUNK_MS / SPEED_UP)
  }
  // What a recorder leaves between two chunks: nothing of the hurry above is still to be done when it stops.
  await wait(CHUNK_MS * 2)
  const stopped = performance.now()
  live.write(bytes.subarray(at))
  const result = await live.finish()
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.detail}`)
  return performance.now() - stopped
}

async function runBatch(transcoder: Transcoder, input: string, output: string): Promise<number> {
  const started = performance.now()
  const stop = new AbortController().signal
  const result = await transcoder.prepare({
    kind: 'video',
    input,
    output,
    durationMs: null,
    progress: () => {},
    stop,
  })
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.detail}`)
  return performance.now() - started
}

/** The same command line, by itself. */
async function runBare(input: string, output: string): Promise<number> {
  const header = readRecordingHeader(readFileSync(input).subarray(0, 65_536))
  if (typeof header === 'string') throw new Error(header)
  const plan = planFor('video', header)
  if (!plan.ok) throw new Error(plan.failure.detail)
  const started = performance.now()
  const words = commandLine(batchArguments(plan.value, input, output))
  const child = spawn(FFMPEG, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  child.stdout.resume()
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`)
  return performance.now() - started
}
