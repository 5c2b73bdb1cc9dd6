import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { Address, MediaFile } from '../network'
import type { OfferFile } from '../session/deliveries'
import { keyOfAddress } from './address'

export type FileOffers = {
  offer: OfferFile
  /** Serves one connection of a peer whose key is proven. */
  serve(socket: TLSSocket, peer: Address): void
  close(): void
}

const READ_BYTES = 1024 * 1024
const LARGEST_HEADERS_BYTES = 8 * 1024
const IDLE_LIMIT_MS = 15_000

type Offer = { to: Address; path: string; file: MediaFile; progress: (bytes: number) => void }

/** Files that peers may fetch while we deliver them: by an unguessable token, and by the key it was told to. */
export function createFileOffers(self: Address): FileOffers {
  const offers = new Map<string, Offer>()
  const peers = new WeakMap<object, Address>()

  function offerFor(request: IncomingMessage): Offer | null {
    const token = /^\/m\/([\w-]{22})$/.exec(request.url ?? '')?.[1]
    const offer = token === undefined ? undefined : offers.get(token)
    return offer && offer.to === peers.get(request.socket) ? offer : null
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const offer = offerFor(request)
    if (request.method !== 'GET' || !offer) {
      refuse(response, request.method === 'GET' ? 404 : 405)
      return
    }
    const { path, file, progress } = offer
    const start = rangeStart(request.headers.range)
    if (start === null || start >= file.size) {
      refuse(response, 416)
      return
    }
    const found = await stat(path).catch(() => null)
    if (found?.size !== file.size) {
      refuse(response, 404)
      return
    }
    response.writeHead(start === 0 ? 200 : 206, {
      'Content-Type': file.mimeType,
      'Content-Length': file.size - start,
      'Accept-Ranges': 'bytes',
      ...(start > 0 && { 'Content-Range': `bytes ${start}-${file.size - 1}/${file.size}` }),
    })
    let sent = start
    const content = createReadStream(path, { start, end: file.size - 1, highWaterMark: READ_BYTES })
    content.on('data', (chunk) => {
      sent += chunk.length
      progress(sent)
    })
    content.on('error', () => response.destroy())
    response.on('close', () => content.destroy())
    content.pipe(response)
  }

  const server = createServer(
    { maxHeaderSize: LARGEST_HEADERS_BYTES, headersTimeout: IDLE_LIMIT_MS, requestTimeout: IDLE_LIMIT_MS },
    (request, response) => void answer(request, response),
  )
  server.on('clientError', (_error, socket) => socket.destroy())

  return {
    async offer({ to, path, file, progress }) {
      const found = await stat(path).catch(() => null)
      if (!found?.isFile() || found.size !== file.size) return null
      const token = randomBytes(16).toString('base64url')
      offers.set(token, { to, path, file, progress })
      return {
        source: `https://${keyOfAddress(self)}.nearby.invalid/m/${token}`,
        withdraw: () => offers.delete(token),
      }
    },
    serve(socket, peer) {
      peers.set(socket, peer)
      socket.setTimeout(IDLE_LIMIT_MS, () => socket.destroy())
      server.emit('connection', socket)
    },
    close() {
      offers.clear()
      server.close()
    },
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { Connection: 'close', 'Content-Length': 0 }).end()
}

/** Where to begin: the start of `bytes=N-`; 0 without a range; null for one that we do not serve. */
function rangeStart(range: string | undefined): number | null {
  if (range === undefined) return 0
  const digits = /^bytes=(\d{1,15})-$/.exec(range)?.[1]
  return digits === undefined ? null : Number(digits)
}
