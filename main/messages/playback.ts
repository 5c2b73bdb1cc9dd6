import { existsSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { Medium } from '../../preload/contract/ids'
import type { MessageFiles } from './messageFiles'
import { findMessage } from './messageStore'
import type { TakeFiles } from './takeFiles'
import { findTake } from './takeStore'

export type PlayableFile = { path: string; mimeType: string }

/** Which file plays for an id; null when there is none (yet). */
export type Playback = {
  take(id: string): PlayableFile | null
  message(id: string): PlayableFile | null
  /** Of a message or of a take. */
  poster(id: string): PlayableFile | null
}

const mimeTypes: Record<Medium, string> = { video: 'video/mp4', audio: 'audio/mp4' }

export function createPlayback({
  db,
  files,
  takeFiles,
}: {
  db: Database
  files: MessageFiles
  takeFiles: TakeFiles
}): Playback {
  return {
    take(id) {
      const take = findTake(db, id)
      if (take?.state.phase !== 'ready') return null
      return { path: takeFiles.finishedPath(id, take.kind), mimeType: mimeTypes[take.kind] }
    },
    message(id) {
      const message = findMessage(db, id)?.message
      if (!message || message.content.kind === 'text') return null
      const path = files.paths(id).file
      return existsSync(path) ? { path, mimeType: mimeTypes[message.content.kind] } : null
    },
    poster(id) {
      const path = [files.paths(id).poster, takeFiles.posterPath(id)].find((each) => existsSync(each))
      return path ? { path, mimeType: 'image/jpeg' } : null
    },
  }
}
