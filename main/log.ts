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

/**
 * Takes keys, addresses, names in quotes, tokens and paths out of a line, since logs are sent to others.
 * What stays is enough to follow one call: the first four characters of an id.
 */
export function redact(text: string): string {
  return text
    .replace(/\b[a-z2-7]{52}\b/g, (key) => `${key.slice(0, 4)}…`)
    .replace(/[^\s"'<>]+@[\w.-]+/g, '<address>')
    .replace(/\b(\d{1,3}\.){3}\d{1,3}\b/g, '<ip>')
    .replace(/\/m\/[\w-]+/g, '/m/<token>')
    .replace(/aftertone:[^\s"']+/g, 'aftertone:<link>')
    .replace(/"(name|text|note|sdp|fileName|title|body)":"(?:[^"\\]|\\.)*"/g, '"$1":"…"')
    .replace(/(?:[A-Za-z]:)?(?:[\\/][^\\/\s"':,)]+){2,}(?=[\\/][^\\/\s"':,)]+)/g, '<path>')
}

function describe(detail: unknown): string {
  if (detail === undefined) return ''
  if (detail instanceof Error) return ` ${detail.stack ?? detail.message}`
  return ` ${JSON.stringify(detail)}`
}

/**
 * @param file the log's path, rotated at 2 MB to one `.old.log`; null logs to the console only
 * @param level the least severe level that is written
 */
export function createLogs(file: string | null, level: 'debug' | 'info' | 'warn' = 'info'): CreateLog {
  const log = electronLog.create({ logId: file ?? 'console' })
  log.transports.file.level = file ? level : false
  log.transports.file.maxSize = LARGEST_FILE_BYTES
  if (file) log.transports.file.resolvePathFn = () => file
  log.transports.console.level = file ? 'warn' : level
  return (module) => {
    const scope = log.scope(module)
    return {
      debug: (message, detail) => scope.debug(redact(message + describe(detail))),
      info: (message, detail) => scope.info(redact(message + describe(detail))),
      warn: (message, detail) => scope.warn(redact(message + describe(detail))),
      error: (message, detail) => scope.error(redact(message + describe(detail))),
    }
  }
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }
