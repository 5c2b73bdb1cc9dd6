import { assertNever } from '../../preload/contract/result'

const LARGEST_BYTES = 200

/** What a file is named after. `person` is untrusted; `at` is milliseconds since the epoch, shown in local time. */
export type NamedMessage = {
  kind: 'video' | 'audio' | 'text'
  direction: 'in' | 'out'
  person: string
  at: number
}

/**
 * `Video message from Ana Ruiz 2026-03-04 14.22.10.mp4`: a name that Windows, macOS and Linux all take and
 * that means what it shows. It never begins with the person's name, so a reserved one (`CON`, `.ssh`) is harmless.
 */
export function messageFileName({ kind, direction, person, at }: NamedMessage): string {
  const { what, extension } = labels(kind)
  const ending = ` ${localTime(new Date(at))}.${extension}`
  const beginning = `${what} ${direction === 'in' ? 'from' : 'to'} `
  const name = cutToBytes(safeName(person), LARGEST_BYTES - byteLength(beginning + ending)).trimEnd()
  return name === '' ? `${what}${ending}` : `${beginning}${name}${ending}`
}

function labels(kind: NamedMessage['kind']): { what: string; extension: string } {
  switch (kind) {
    case 'video':
      return { what: 'Video message', extension: 'mp4' }
    case 'audio':
      return { what: 'Audio message', extension: 'm4a' }
    case 'text':
      return { what: 'Note', extension: 'txt' }
    default:
      return assertNever(kind)
  }
}

/**
 * Without control characters, text direction marks (which could show `exe.4pm` as `mp4.exe`), private and broken
 * characters, and what Windows forbids: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
function safeName(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[<>:"/\\|?*]/g, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
}

function localTime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`
}

const byteLength = (text: string) => Buffer.byteLength(text, 'utf8')

/** Cuts between whole characters as people see them, so that no emoji is left half. */
function cutToBytes(text: string, limit: number): string {
  let kept = ''
  let bytes = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += byteLength(segment)
    if (bytes > limit) break
    kept += segment
  }
  return kept
}
