import { isIPv6 } from 'node:net'
import electronLog from 'electron-log/node'

/** One module's voice in the log. Details are redacted before anything is written. */
export type Log = {
  debug(message: string, detail?: unknown): void
  info(message: string, detail?: unknown): void
  warn(message: string, detail?: unknown): void
  error(message: string, detail?: unknown): void
}

export type CreateLog = (module: string) => Log

const LARGEST_FILE_BYTES = 2 * 1024 * 1024

/** Takes keys, addresses, names, tokens and paths out of a line, since logs are sent to others. */
export type Redact = (text: string) => string

/** What people wrote or are called: of these fields nothing is kept. */
const PRIVATE_FIELDS = ['name', 'text', 'note', 'sdp', 'fileName', 'title', 'body']
/** Deeper than any detail of ours; what refers to itself ends here. */
const DEEPEST = 6

/**
 * What stays is enough to follow one call: the first four characters of an id.
 * @param privatePaths folders that name the person, taken out wherever they stand, spaces and all
 */
export function createRedact(privatePaths: string[]): Redact {
  const known = privatePaths.flatMap(patternsOf).sort((a, b) => b.source.length - a.source.length)
  return (text) => {
    let line = text
    for (const pattern of known) line = line.replace(pattern, '<path>')
    return line
      .replace(/\b[a-z2-7]{52}\b/g, (key) => `${key.slice(0, 4)}…`)
      .replace(/aftertone:[^\s"']+/g, 'aftertone:<link>')
      .replace(/[^\s"'<>]+@[\w.-]+/g, '<address>')
      .replace(/(?<![\w:.])[\da-f]*:[\da-f:]*[\da-f:](?:(?:\.\d{1,3}){3})?(?:%\w+)?/gi, withoutIpv6)
      .replace(/\b(\d{1,3}\.){3}\d{1,3}\b/g, '<ip>')
      .replace(/\/m\/[\w-]+/g, '/m/<token>')
      .replace(PRIVATE_FIELD, '"$1":"…"')
      .replace(HOME, '<path>')
      .replace(PATH, '<path>')
  }
}

const PRIVATE_FIELD = new RegExp(`"(${PRIVATE_FIELDS.join('|')})":"(?:[^"\\\\]|\\\\.)*"`, 'g')
/** A user's folder that we were not told of; a name with spaces ends at the next separator. */
const HOME = /(?:[A-Za-z]:)?[\\/]+(?:home|Users)[\\/]+[^\\/"'\n]+(?=[\\/])/g
/** All but the last part; in JSON a Windows separator is two. */
const PATH =
  /(?:<path>(?:[\\/]+[^\\/\s"':,)]+)*|(?:[A-Za-z]:)?(?:[\\/]+[^\\/\s"':,)]+){2,})(?=[\\/]+[^\\/\s"':,)]+)/g

/** With either separator, single or doubled, plain or as in a `file:` URL. Windows minds no capitals. */
function patternsOf(folder: string): RegExp[] {
  const parts = folder.split(/[\\/]+/).filter((part) => part !== '')
  if (parts.length === 0) return []
  const root = /^[\\/]/.test(folder) ? '[\\\\/]+' : ''
  return [parts, parts.map(encodeURIComponent)].map((each) => {
    const escaped = each.map((part) => part.replaceAll('%3A', ':').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`${root}${escaped.join('[\\\\/]+')}(?![\\w-])`, 'gi')
  })
}

/** Node writes an address and its port with a colon between them. */
function withoutIpv6(found: string): string {
  if (isIPv6(found)) return '<ip>'
  return isIPv6(found.replace(/:[^:]*$/, '')) ? '<ip>:' : found
}

/** Redacts what a detail holds before it becomes JSON, whose escapes would hide it. */
function redacted(value: unknown, redact: Redact, depth: number): unknown {
  if (typeof value === 'string') return redact(wholePath(value))
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Error) return redact(value.stack ?? value.message)
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEEPEST) return '…'
  if (ArrayBuffer.isView(value)) return `<${value.byteLength} bytes>`
  if (Array.isArray(value)) return value.map((each) => redacted(each, redact, depth + 1))
  if (value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      redact(key),
      PRIVATE_FIELDS.includes(key) ? '…' : redacted(each, redact, depth + 1),
    ]),
  )
}

/** A value that is a path and nothing else may have spaces anywhere. */
const wholePath = (text: string): string =>
  /^(?:[A-Za-z]:)?[\\/][^\n]*$/.test(text) ? text.replace(/^.*[\\/](?=[^\\/])/, '<path>/') : text

function describe(detail: unknown, redact: Redact): string {
  if (detail === undefined) return ''
  const shown = redacted(detail, redact, 0)
  return ` ${detail instanceof Error ? shown : JSON.stringify(shown)}`
}

/**
 * @param file the log's path, rotated at 2 MB to one `.old.log`; null logs to the console only
 * @param privatePaths folders that name the person, such as their home; no line will hold them
 * @param level the least severe level that is written
 */
export function createLogs(
  file: string | null,
  privatePaths: string[],
  level: 'debug' | 'info' | 'warn' = 'info',
): CreateLog {
  const redact = createRedact(privatePaths)
  const line = (message: string, detail: unknown) => redact(message) + describe(detail, redact)
  const log = electronLog.create({ logId: file ?? 'console' })
  log.transports.file.level = file ? level : false
  log.transports.file.maxSize = LARGEST_FILE_BYTES
  if (file) log.transports.file.resolvePathFn = () => file
  log.transports.console.level = file ? 'warn' : level
  return (module) => {
    const scope = log.scope(module)
    return {
      debug: (message, detail) => scope.debug(line(message, detail)),
      info: (message, detail) => scope.info(line(message, detail)),
      warn: (message, detail) => scope.warn(line(message, detail)),
      error: (message, detail) => scope.error(line(message, detail)),
    }
  }
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }
