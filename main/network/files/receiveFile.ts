import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { failed, ok, type Result } from '../../../preload/contract/result'
import type { FetchFailure, MediaFile } from '../network'

/** Opens the file's bytes from an offset; the stream fails when the way there does. */
export type OpenSource = (from: number, stop: AbortSignal) => Promise<Result<Readable, FetchFailure>>

/** Large enough that the disk works while the next bytes come. */
const WRITE_BUFFER_BYTES = 4 * 1024 * 1024

/**
 * Downloads into `path` from where that ends, and goes on by itself as long as each attempt brings something.
 * Never writes more than was announced; a file whose size or SHA-256 is wrong is removed.
 * Any failure to write other than a full disk is a bug of the caller's path and throws.
 */
export async function receiveFile({
  file,
  path,
  open,
  progress,
  stop,
}: {
  file: MediaFile
  path: string
  open: OpenSource
  progress: (bytes: number) => void
  stop: AbortSignal
}): Promise<Result<null, FetchFailure>> {
  for (;;) {
    if (stop.aborted) return failed({ kind: 'cancelled' })
    let had = await sizeOf(path)
    if (had > file.size) {
      await rm(path)
      had = 0
    }
    const hash = await hashOf(path, had)
    if (had < file.size) {
      const source = await open(had, stop)
      if (!source.ok) return stop.aborted ? failed({ kind: 'cancelled' }) : source
      const written = await append({ source: source.value, path, had, size: file.size, hash, progress, stop })
      if (!written.ok) {
        if (written.failure.kind === 'damaged') await rm(path)
        if (written.failure.kind === 'interrupted' && (await sizeOf(path)) > had) continue
        return written
      }
    }
    if (hash.digest('hex') === file.sha256) return ok(null)
    await rm(path)
    return failed({ kind: 'damaged' })
  }
}

async function append({
  source,
  path,
  had,
  size,
  hash,
  progress,
  stop,
}: {
  source: Readable
  path: string
  had: number
  size: number
  hash: Hash
  progress: (bytes: number) => void
  stop: AbortSignal
}): Promise<Result<null, FetchFailure>> {
  let bytes = had
  let isTooLong = false
  const file = createWriteStream(path, { flags: 'a', highWaterMark: WRITE_BUFFER_BYTES })
  const writing = finished(file)
  // It may fail before it is awaited.
  writing.catch(() => {})
  // Events and not `pipeline`: a generator between the streams costs as much as the hash does.
  source.on('data', (chunk: Buffer) => {
    if (bytes + chunk.length > size) {
      isTooLong = true
      source.destroy()
      return
    }
    bytes += chunk.length
    hash.update(chunk)
    progress(bytes)
    if (!file.write(chunk)) source.pause()
  })
  file.on('drain', () => source.resume())
  file.on('error', () => source.destroy())
  const halt = (): void => void source.destroy()
  stop.addEventListener('abort', halt)
  if (stop.aborted) halt()
  // However the source ends, what came of it is written, for the next attempt to go on from.
  source.resume()
  await finished(source, { writable: false }).catch(() => {})
  stop.removeEventListener('abort', halt)
  file.end()
  try {
    await writing
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EDQUOT') return failed({ kind: 'disk-full' })
    throw error
  }
  if (isTooLong) return failed({ kind: 'damaged' })
  if (stop.aborted) return failed({ kind: 'cancelled' })
  return bytes < size ? failed({ kind: 'interrupted' }) : ok(null)
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

async function hashOf(path: string, bytes: number): Promise<Hash> {
  const hash = createHash('sha256')
  if (bytes > 0) await pipeline(createReadStream(path, { end: bytes - 1 }), hash, { end: false })
  return hash
}
