import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Playback } from '../messages/playback'
import { byteRange } from './byteRange'

const uuid = z.uuid()

/** What `media://<kind>/<id>` names; null for any other shape of URL. */
export function mediaAddress(url: string): { kind: keyof Playback; id: string } | null {
  if (!URL.canParse(url)) return null
  const { protocol, host, pathname } = new URL(url)
  const id = uuid.safeParse(pathname.slice(1))
  if (protocol !== 'media:' || !id.success) return null
  return host === 'take' || host === 'message' || host === 'poster' ? { kind: host, id: id.data } : null
}

/**
 * Answers `media://take|message|poster/<uuid>` with byte ranges, which seeking needs: Electron's own `net.fetch`
 * of a file ignores them.
 * @param origin the page that may read pixels and bytes of what it plays
 */
export function mediaProtocol(playback: Playback, origin: string): (request: Request) => Promise<Response> {
  const headers = {
    'Access-Control-Allow-Origin': origin,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
  const empty = (status: number, more: Record<string, string> = {}) =>
    new Response(null, { status, headers: { ...headers, ...more } })

  return async (request) => {
    const address = mediaAddress(request.url)
    if (!address || request.method !== 'GET') return empty(404)
    const file = playback[address.kind](address.id)
    const size = file
      ? await stat(file.path).then(
          (found) => found.size,
          () => null,
        )
      : null
    if (!file || size === null) return empty(404)

    const range = byteRange(request.headers.get('range'), size)
    if (range.kind === 'unsatisfiable') return empty(416, { 'Content-Range': `bytes */${size}` })
    const [first, last] = range.kind === 'part' ? [range.first, range.last] : [0, size - 1]
    const described = {
      ...headers,
      'Content-Type': file.mimeType,
      'Accept-Ranges': 'bytes',
      'Content-Length': String(last - first + 1),
    }
    if (size === 0) return new Response(null, { headers: described })
    const body = readFrom(file.path, first, last)
    return range.kind === 'part'
      ? new Response(body, {
          status: 206,
          headers: { ...described, 'Content-Range': `bytes ${first}-${last}/${size}` },
        })
      : new Response(body, { headers: described })
  }
}

function readFrom(file: string, first: number, last: number): ReadableStream<Uint8Array> {
  const bytes = createReadStream(file, { start: first, end: last })
  // Node's stream type and the web's differ in name only (https://github.com/DefinitelyTyped/DefinitelyTyped/discussions/65542).
  return Readable.toWeb(bytes) as ReadableStream<Uint8Array>
}
