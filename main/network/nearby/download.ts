import { type IncomingMessage, request } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { failed, ok, type Result } from '../../../preload/contract/result'
import type { OpenSource } from '../files/receiveFile'
import type { Address, FetchFailure } from '../network'
import { keyOfAddress } from './address'

const IDLE_LIMIT_MS = 15_000

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
    const response = await get(socket, path, start, stop)
    if (!response) {
      socket.destroy()
      return failed({ kind: 'interrupted' })
    }
    const checked = check(response, start, size)
    if (!checked.ok) {
      socket.destroy()
      return checked
    }
    return ok(response)
  }
}

/** Only the sender's own device may be the source: no message makes us fetch from elsewhere. */
function pathOf(source: string, from: Address): string | null {
  if (!URL.canParse(source)) return null
  const { protocol, hostname, pathname } = new URL(source)
  const isTheirs = protocol === 'https:' && hostname === `${keyOfAddress(from)}.nearby.invalid`
  return isTheirs && /^\/m\/[\w-]{1,64}$/.test(pathname) ? pathname : null
}

function get(
  socket: TLSSocket,
  path: string,
  start: number,
  stop: AbortSignal,
): Promise<IncomingMessage | null> {
  return new Promise((settle) => {
    socket.setTimeout(IDLE_LIMIT_MS, () => socket.destroy())
    const asked = request(
      {
        createConnection: () => socket,
        host: 'nearby.invalid',
        path,
        headers: { Connection: 'close', ...(start > 0 && { Range: `bytes=${start}-` }) },
        signal: stop,
      },
      settle,
    )
    asked.on('error', () => settle(null))
    asked.on('close', () => settle(null))
    asked.end()
  })
}

function check(response: IncomingMessage, start: number, size: number): Result<null, FetchFailure> {
  switch (response.statusCode) {
    case 200:
    case 206:
      break
    case 404:
    case 410:
      return failed({ kind: 'gone' })
    case 416:
      return failed({ kind: 'damaged' })
    default:
      return failed({ kind: 'interrupted' })
  }
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers['content-range'] ?? '')
  const beginsAt = response.statusCode === 206 ? Number(range?.[1]) : 0
  if (beginsAt !== start) return failed({ kind: 'interrupted' })
  return Number(response.headers['content-length']) === size - start ? ok(null) : failed({ kind: 'damaged' })
}
