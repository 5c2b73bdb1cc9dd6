import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { silentLog } from '../../../main/log'
import { createTranscoder, type LiveTranscode, type Transcoder } from '../../../main/transcoder/transcoder'
import type { Medium } from '../../../preload/contract/ids'
import { FFMPEG } from '../../support/media'

export const neverStopped = new AbortController().signal

/** An empty folder that goes away with the test. Its name is hard on purpose. */
export function temporaryFolder(name = "t %d 'q' é-"): string {
  const folder = mkdtempSync(join(tmpdir(), name))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A transcoder with the machine's ffmpeg, or with the one that is named; `others` lets it take the machine's after that. */
export function transcoderWith(
  explicit: string | null = null,
  { others = explicit === null } = {},
): Transcoder {
  const environment = others ? process.env : {}
  const transcoder = createTranscoder({
    log: silentLog,
    ffmpeg: { explicit, environment, resourcesFolder: null, packaged: !others },
  })
  onTestFinished(() => transcoder.stop())
  return transcoder
}

/** A program that says it is an ffmpeg and then does as this shell script says. */
export function fakeFfmpeg(folder: string, script: string): string {
  const path = join(folder, 'ffmpeg')
  writeFileSync(
    path,
    `#!/bin/sh\ncase "$*" in *-version*) echo "ffmpeg version 0-fake"; exit 0;; esac\n${script}\n`,
  )
  chmodSync(path, 0o755)
  return path
}

/** Runs for ever, does nothing, and can be found by the name of its folder. */
export const hangingFfmpeg = (folder: string) => fakeFfmpeg(folder, 'exec tail -f "$0"')

/** The real one, but no faster than the recording plays: there is time to look at it while it works. */
export const slowFfmpeg = (folder: string) => fakeFfmpeg(folder, `exec ${FFMPEG} -re "$@"`)

/** Prepares with what most tests do not care about. */
export function prepare(
  transcoder: Transcoder,
  job: { input: string; output: string; kind?: Medium; durationMs?: number | null; stop?: AbortSignal },
) {
  return transcoder.prepare({
    kind: 'video',
    durationMs: null,
    stop: neverStopped,
    progress: () => {},
    ...job,
  })
}

/** Gives a recording to a live transcode in pieces, as fast as it takes them. */
export function feed(live: LiveTranscode, recording: string, pieceBytes = 20_000): void {
  const bytes = readFileSync(recording)
  for (let at = 0; at < bytes.length; at += pieceBytes) live.write(bytes.subarray(at, at + pieceBytes))
}

export const leftovers = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.part'))
