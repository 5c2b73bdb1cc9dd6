import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import type { Log } from '../log'

const VERSION_LIMIT_MS = 10_000

export type FfmpegBinary = { path: string; from: string; version: string }

/** Where an ffmpeg may be. */
export type FfmpegPlaces = {
  /** A path that was chosen by hand; null: none. */
  explicit: string | null
  environment: Record<string, string | undefined>
  /** The package's `resources`; null when the app runs from its sources. */
  resourcesFolder: string | null
  /** A packaged app runs what it came with, never what an environment variable names. */
  packaged: boolean
}

type Candidate = { from: string; path: string }

/** The places in the order in which they are tried. */
export function ffmpegCandidates(
  { explicit, environment, resourcesFolder, packaged }: FfmpegPlaces,
  installed: string | null,
): Candidate[] {
  const program = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'
  const candidates: Candidate[] = []
  const add = (from: string, path: string | null | undefined) => {
    if (path) candidates.push({ from, path })
  }
  add('explicit', explicit)
  if (!packaged) {
    const named = environment.AFTERTONE_FFMPEG_PATH
    add('environment', named && resolve(named))
  }
  if (resourcesFolder) {
    add('resources', join(resourcesFolder, 'ffmpeg', program))
    add('unpacked', join(resourcesFolder, 'app.asar.unpacked', 'node_modules', 'ffmpeg-static', program))
  }
  if (!packaged) {
    add('ffmpeg-static', installed)
    for (const folder of (environment.PATH ?? '').split(delimiter)) {
      if (isAbsolute(folder)) add('PATH', join(folder, program))
    }
  }
  return candidates
}

/** Finds the first ffmpeg that really runs; null when there is none. */
export async function findFfmpeg(places: FfmpegPlaces, log: Log): Promise<FfmpegBinary | null> {
  for (const { from, path } of ffmpegCandidates(places, installedFfmpeg())) {
    const version = await versionOf(path)
    if (version.ok) {
      log.info(`ffmpeg ${version.version} from ${from}`, { path })
      return { path, from, version: version.version }
    }
    log.debug(`no ffmpeg from ${from}`, { path, problem: version.problem })
  }
  log.warn('no usable ffmpeg')
  return null
}

/** npm drops ffmpeg-static when its download fails; it may also be there without its binary, or name none at all. */
function installedFfmpeg(): string | null {
  try {
    const path: unknown = createRequire(import.meta.url)('ffmpeg-static')
    return typeof path === 'string' ? path : null
  } catch {
    return null
  }
}

type Version = { ok: true; version: string } | { ok: false; problem: string }

function versionOf(path: string): Promise<Version> {
  return new Promise((done) => {
    const options = { timeout: VERSION_LIMIT_MS, killSignal: 'SIGKILL', windowsHide: true } as const
    try {
      execFile(path, ['-hide_banner', '-version'], options, (error, stdout) => {
        const version = /^ffmpeg version (\S+)/.exec(stdout)?.[1]
        if (version && !error) done({ ok: true, version })
        else done({ ok: false, problem: error ? String(error.code ?? error.message) : 'no version' })
      })
    } catch (error) {
      // Some systems refuse a damaged program at once instead of through the callback.
      done({ ok: false, problem: String(error) })
    }
  })
}
