import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { APP_ORIGIN } from './origin'

/** Nothing but our own bundle; `media:` plays takes and messages, `blob:` is the camera's recorder and its canvas. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data: media:",
  "media-src 'self' blob: media:",
  "connect-src 'self' media:",
  "worker-src 'self' blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const MIME_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.m4a': 'audio/mp4',
}

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

const notFound = () => new Response('not found', { status: 404, headers: HEADERS })

/** The file under `folder` that a URL of ours names, with its type; null for everything else. */
export function bundleFile(folder: string, url: string): { path: string; mimeType: string } | null {
  if (!URL.canParse(url)) return null
  const { protocol, host, pathname } = new URL(url)
  if (`${protocol}//${host}` !== APP_ORIGIN) return null
  let name: string
  try {
    name = decodeURIComponent(pathname)
  } catch {
    return null
  }
  const file = path.resolve(folder, `.${name === '/' ? '/index.html' : name}`)
  const mimeType = MIME_TYPES[path.extname(file).toLowerCase()]
  // The separator matters: `/bundle-old` starts with `/bundle` too.
  const inside = file.startsWith(path.resolve(folder) + path.sep)
  return inside && mimeType && !name.includes('\0') ? { path: file, mimeType } : null
}

/** Answers `app://aftertone/…` from the built renderer's folder and from nowhere else. */
export function appProtocol(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const file = request.method === 'GET' ? bundleFile(folder, request.url) : null
    if (!file) return notFound()
    try {
      const bytes = new Uint8Array(await readFile(file.path))
      return new Response(bytes, { headers: { ...HEADERS, 'Content-Type': file.mimeType } })
    } catch {
      return notFound()
    }
  }
}
