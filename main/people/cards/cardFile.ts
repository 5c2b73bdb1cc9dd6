import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { failed, ok, type Result } from '../../../preload/contract/result'
import { type CardLines, createCardSplitter } from './cardSplitter'

/** Largest file that is read, in bytes. */
export const LARGEST_FILE = 200 * 1024 * 1024
/** A file that has no card so far in is none of contacts. */
const PATIENCE = 1024 * 1024
/** So much is read at once; what it holds is judged in short turns by who asks. */
const PIECE = 64 * 1024

export type CardFileFailure =
  | { kind: 'file-unreadable' }
  | { kind: 'file-too-large' }
  | { kind: 'not-contacts' }

/** What came out of one piece of the file; `share` of it is read, 0..1. */
export type CardPiece = { cards: CardLines[]; share: number }

/** Looks at a file before it is read. */
export async function openCardFile(
  path: string,
): Promise<Result<{ pieces(): AsyncGenerator<CardPiece> }, CardFileFailure>> {
  const size = await sizeOf(path)
  if (size === null) return failed({ kind: 'file-unreadable' })
  if (size > LARGEST_FILE) return failed({ kind: 'file-too-large' })
  try {
    for await (const { cards, share } of piecesOf(path, size)) {
      if (cards.length > 0) return ok({ pieces: () => piecesOf(path, size) })
      if (share * size > PATIENCE) break
    }
  } catch {
    return failed({ kind: 'file-unreadable' })
  }
  return failed({ kind: 'not-contacts' })
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const file = await stat(path)
    return file.isFile() ? file.size : null
  } catch {
    return null
  }
}

/** @throws the system's error when reading fails on the way */
async function* piecesOf(path: string, size: number): AsyncGenerator<CardPiece> {
  const splitter = createCardSplitter()
  let toUtf8: ((bytes: Uint8Array) => Uint8Array) | null = null
  let read = 0
  // It may grow while it is read; what is beyond its first size is not ours.
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE, end: Math.max(0, size - 1) })) {
    const bytes: Buffer = chunk
    toUtf8 ??= utf8From(bytes)
    read += bytes.length
    yield { cards: splitter.push(toUtf8(bytes)), share: read / Math.max(1, size) }
  }
  yield { cards: splitter.end(), share: 1 }
}

/** UTF-16 shows itself by its first two bytes; whatever else it is, each line says or is tried. */
function utf8From(start: Buffer): (bytes: Uint8Array) => Uint8Array {
  const mark = start.subarray(0, 2).toString('hex')
  if (mark !== 'fffe' && mark !== 'feff') return (bytes) => bytes
  const decoder = new TextDecoder(mark === 'fffe' ? 'utf-16le' : 'utf-16be')
  return (bytes) => Buffer.from(decoder.decode(bytes, { stream: true }), 'utf8')
}
