import type { TLSSocket } from 'node:tls'
import { failed, ok, type Result } from '../../../preload/contract/result'
import type { OpenSource } from '../files/receiveFile'
import type { Address, FetchFailure } from '../network'
import { keyOfAddress } from './address'

const IDLE_LIMIT_MS = 15_000
const LONGEST_HEAD_BYTES = 8 * 1024

/**
 * Opens a peer's file from an offset, over a connection to exactly the key that the message came from.
 * @param size what was announced; a source that has another is not the file that was described
 */
export function openDownload({
  source,
  from,
  size,
  dialPeer,
}: {
  source: string
  from: Address
  size: number
  dialPeer: () => Promise<TLSSocket | null>
}): OpenSource {
  return async (start, stop) => {
    const path = pathOf(source, from)
    if (path === null) return failed({ kind: 'gone' })
    const socket = await dialPeer()
    if (!socket) return failed({ kind: 'unreachable' })
    const halt = (): void => void socket.destroy()
    stop.addEventListener('abort', halt)
    socket.setTimeout(IDLE_LIMIT_MS, halt)
    const range = start > 0 ? `Range: bytes=${start}-\r\n` : ''
    socket.write(`GET ${path} HTTP/1.1\r\nHost: nearby.invalid\r\nConnection: close\r\n${range}\r\n`)
    const head = await readHead(socket)
    stop.removeEventListener('abort', halt)
    const checked = checkHead(head, start, size)
    if (checked.ok) return ok(socket)
    socket.destroy()
    return checked
  }
}

/** Only the sender's own device may be the source: no message makes us fetch from elsewhere. */
function pathOf(source: string, from: Address): string | null {
  if (!URL.canParse(source)) return null
  const { protocol, hostname, pathname } = new URL(source)
  const isTheirs = protocol === 'https:' && hostname === `${keyOfAddress(from)}.nearby.invalid`
  return isTheirs && /^\/m\/[\w-]{1,64}$/.test(pathname) ? pathname : null
}

/**
 * Reads up to the empty line and leaves the rest to be read. By hand, since Node's own client looks at each chunk of
 * the body once more, which takes as long as its SHA-256. Null: the other end closed, or talked for too long.
 */
function readHead(socket: TLSSocket): Promise<string | null> {
  return new Promise((settle) => {
    let read = Buffer.alloc(0)
    const finish = (head: string | null): void => {
      socket.off('data', onData)
      socket.off('close', onClose)
      settle(head)
    }
    const onClose = (): void => finish(null)
    function onData(chunk: Buffer): void {
      read = Buffer.concat([read, chunk])
      const end = read.indexOf('\r\n\r\n')
      if (end < 0 && read.length <= LONGEST_HEAD_BYTES) return
      socket.pause()
      if (end >= 0) socket.unshift(read.subarray(end + 4))
      finish(end >= 0 && end <= LONGEST_HEAD_BYTES ? read.toString('latin1', 0, end) : null)
    }
    socket.on('data', onData)
    socket.on('close', onClose)
  })
}

/** Whether what follows this response head is the file from `start` on. */
export function checkHead(head: string | null, start: number, size: number): Result<null, FetchFailure> {
  const [statusLine = '', ...lines] = head?.split('\r\n') ?? []
  const header = (name: string): string | undefined =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim()
  const status = Number(/^HTTP\/1\.1 (\d{3})(?: |$)/.exec(statusLine)?.[1])
  if (status === 404 || status === 410) return failed({ kind: 'gone' })
  if (status === 416) return failed({ kind: 'damaged' })
  const range = /^bytes (\d+)-\d+\/\d+$/.exec(header('content-range') ?? '')
  const isFromStart = status === 206 ? Number(range?.[1]) === start : status === 200 && start === 0
  if (!isFromStart || header('transfer-encoding') !== undefined) return failed({ kind: 'interrupted' })
  return Number(header('content-length')) === size - start ? ok(null) : failed({ kind: 'damaged' })
}
