import type { TranscodeFailure } from './port'

const SIGNS: { pattern: RegExp; kind: TranscodeFailure['kind'] }[] = [
  { pattern: /No space left on device|Disk quota exceeded|File too large/, kind: 'disk-full' },
  {
    pattern: /Permission denied|Read-only file system|Operation not permitted|Is a directory/,
    kind: 'output-unwritable',
  },
  {
    pattern:
      /Invalid data found when processing input|moov atom not found|EBML header parsing failed|matches no streams/i,
    kind: 'not-media',
  },
  { pattern: /could not find codec parameters|does not contain any stream/i, kind: 'not-media' },
]

/** Exit codes of ffmpeg 6.1 and later are 256 less the errno; 5.1 always says 1. */
const EXIT_CODES: Record<number, TranscodeFailure['kind']> = {
  228: 'disk-full',
  226: 'output-unwritable',
  243: 'output-unwritable',
  183: 'not-media',
}

const DETAIL_LENGTH = 600

/**
 * Says why an ffmpeg ended as it did; null: it did its work. Inputs are opened and looked at before ffmpeg runs, so
 * that what cannot be opened here is the output.
 */
export function classifyExit(exit: {
  code: number | null
  signal: string | null
  stderr: string
}): TranscodeFailure | null {
  const tail = exit.stderr.slice(-DETAIL_LENGTH).trim()
  const sign = SIGNS.find(({ pattern }) => pattern.test(exit.stderr))
  // ffmpeg 5.1 may end with 0 although the disk was full.
  if (exit.code === 0) return sign?.kind === 'disk-full' ? { kind: 'disk-full', detail: tail } : null
  const end = exit.signal ? `killed by ${exit.signal}` : `exit code ${exit.code}`
  const kind = sign?.kind ?? EXIT_CODES[exit.code ?? 0] ?? 'ffmpeg-failed'
  return { kind, detail: tail ? `${end}: ${tail}` : end }
}

/** A failure to start it at all. */
export function classifyStart(code: string): TranscodeFailure {
  const missing = ['ENOENT', 'EACCES', 'ENOTDIR', 'EPERM', 'ENOEXEC', 'ETXTBSY'].includes(code)
  return { kind: missing ? 'ffmpeg-missing' : 'ffmpeg-failed', detail: code }
}
