import { createHash } from 'node:crypto'
import { copyFileSync, createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { id } from '../../preload/contract/ids'
import type { Log } from '../log'

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

export function createMessageFiles(folder: string, log: Log): MessageFiles {
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

  /** A poster decorates; a disk too full for it must not keep the file from moving. */
  function copyIfRoom(from: string, to: string): void {
    try {
      copyFileSync(from, to)
    } catch (error) {
      log.warn('a poster was not copied', error)
      rmSync(to, { force: true })
    }
  }

  return {
    paths,
    part,
    smallPoster,
    adopt(messageId, from) {
      const { file, poster } = paths(messageId)
      // A copy made first, so that it is wherever the file is, even if we die in between.
      if (existsSync(from.poster)) copyIfRoom(from.poster, poster)
      renameSync(from.file, file)
    },
    giveBack(messageId, to) {
      const here = paths(messageId)
      if (!existsSync(here.file)) return false
      mkdirSync(dirname(to.file), { recursive: true })
      // Renaming needs no room. If we die in between, the file is still here, and all of this is done again.
      if (existsSync(here.poster)) renameSync(here.poster, to.poster)
      renameSync(here.file, to.file)
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

/** SHA-256 of a file, lower-case hex. Rejects when it cannot be read. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
