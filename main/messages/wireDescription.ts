import { readFile, stat } from 'node:fs/promises'
import type { Database } from 'better-sqlite3'
import type { Call } from '../../preload/contract/calls'
import type { Delivery, MediaFile } from '../network/network'
import type { MessageFiles } from './messageFiles'
import { findMessage, type StoredMessage } from './messageStore'
import type { OutboxEntry } from './outboxStore'

/** A poster travels inside a stanza, so it must be small. */
export const LARGEST_WIRE_POSTER_BYTES = 8 * 1024
/** Tried in turn, in pixels: a busy picture takes more bytes than a quiet one. */
const WIRE_POSTER_WIDTHS = [320, 240, 160]

/** Describes what is queued as the network wants it: null when it, or its file, is lost. */
export function createWireDescription({
  db,
  files,
  call,
  shrinkPoster,
}: {
  db: Database
  files: MessageFiles
  call(callId: string): Call | undefined
  /** Makes a poster of so many pixels' width from a video; false when that failed. */
  shrinkPoster(input: string, output: string, width: number): Promise<boolean>
}): (entry: OutboxEntry) => Promise<Delivery | null> {
  async function wirePoster(messageId: string): Promise<Uint8Array | null> {
    const { file, poster } = files.paths(messageId)
    const small = files.smallPoster(messageId)
    const fits = async (path: string) => {
      const bytes = await readFile(path).catch(() => null)
      return bytes && bytes.byteLength <= LARGEST_WIRE_POSTER_BYTES ? new Uint8Array(bytes) : null
    }
    const ready = (await fits(poster)) ?? (await fits(small))
    if (ready) return ready
    for (const width of WIRE_POSTER_WIDTHS) {
      const shrunk = (await shrinkPoster(file, small, width)) ? await fits(small) : null
      if (shrunk) return shrunk
    }
    return null
  }

  async function describeFile({ message, sha256 }: StoredMessage): Promise<MediaFile | null> {
    const { content } = message
    if (content.kind === 'text' || !sha256) return null
    const found = await stat(files.paths(message.id).file).catch(() => null)
    if (found?.size !== content.size) return null
    const common = { size: content.size, sha256, durationMs: content.durationMs }
    return content.kind === 'video'
      ? {
          ...common,
          kind: 'video',
          mimeType: 'video/mp4',
          width: content.width,
          height: content.height,
          poster: await wirePoster(message.id),
          waveform: null,
        }
      : {
          ...common,
          kind: 'audio',
          mimeType: 'audio/mp4',
          width: null,
          height: null,
          poster: null,
          waveform: content.waveform,
        }
  }

  return async ({ id, address, callId, messageId }) => {
    const to = { id, to: address, callId }
    if (messageId === null) {
      const missed = call(callId)
      return missed ? { ...to, sentAt: missed.startedAt, kind: 'missed-call', media: missed.media } : null
    }
    const stored = findMessage(db, messageId)
    if (!stored) return null
    const { content, sentAt } = stored.message
    if (content.kind === 'text') return { ...to, sentAt, kind: 'note', text: content.text }
    const file = await describeFile(stored)
    return file && { ...to, sentAt, kind: 'file', file, path: files.paths(messageId).file }
  }
}
