import { createHash } from 'node:crypto'
import { copyFileSync, createReadStream, existsSync, mkdirSync, renameSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { id } from '../../preload/contract/ids'

/** Where the file and the poster of a message or a take lie. */
export type MediaPaths = { file: string; poster: string }

/** The files of messages, both directions: `<folder>/<id>.mp4`, `<id>.jpg`, `.<id>.part` while it is fetched. */
export type MessageFiles = {
  paths(messageId: string): MediaPaths
  /** What is fetched so far. */
  part(messageId: string): string
  /** A poster made small enough for the wire. */
  smallPoster(messageId: string): string
  /** Moves a take's file here. Synchronous, so that nothing comes between it and the row that says so. */
  adopt(messageId: string, from: MediaPaths): void
  /** Moves it back to a take; false when there is no file. */
  giveBack(messageId: string, to: MediaPaths): boolean
  remove(messageId: string): Promise<void>
  /** The ids that have any file here. */
  list(): Promise<string[]>
}

export function createMessageFiles(folder: string): MessageFiles {
  mkdirSync(folder, { recursive: true })
  /** Ids name files, so nothing but an id may become a path. */
  const named = (messageId: string, before: string, after: string) =>
    join(folder, `${before}${id.parse(messageId)}${after}`)
  const paths = (messageId: string) => ({
    file: named(messageId, '', '.mp4'),
    poster: named(messageId, '', '.jpg'),
  })
  const part = (messageId: string) => named(messageId, '.', '.part')
  const smallPoster = (messageId: string) => named(messageId, '.', '.jpg')

  return {
    paths,
    part,
    smallPoster,
    adopt(messageId, from) {
      move(from, paths(messageId))
    },
    giveBack(messageId, to) {
      const here = paths(messageId)
      if (!existsSync(here.file)) return false
      move(here, to)
      return true
    },
    async remove(messageId) {
      const { file, poster } = paths(messageId)
      for (const path of [file, poster, part(messageId), smallPoster(messageId)]) {
        await rm(path, { force: true, maxRetries: 5 })
      }
    },
    async list() {
      const names = await readdir(folder)
      const ids = names.map((name) => name.replace(/^\./, '').replace(/\.(mp4|jpg|part)$/, ''))
      return [...new Set(ids.filter((name) => id.safeParse(name).success))]
    },
  }
}

/** The small poster is copied first, so that it is wherever the file is, even if we die in between. */
function move(from: MediaPaths, to: MediaPaths): void {
  mkdirSync(dirname(to.file), { recursive: true })
  if (existsSync(from.poster)) copyFileSync(from.poster, to.poster)
  renameSync(from.file, to.file)
}

/** SHA-256 of a file, lower-case hex. Rejects when it cannot be read. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
