import type { Medium } from '../../preload/contract/ids'
import { checkMp4 } from '../transcoder/mp4Boxes'

export type MediaFacts = { durationMs: number; width: number | null; height: number | null; size: number }

/** What a finished file is, read from its boxes; null when it is damaged, or not what its kind should be. */
export async function inspectMedia(path: string, kind: Medium): Promise<MediaFacts | null> {
  const checked = await checkMp4(path)
  if (!checked.ok) return null
  const { hasVideo, hasAudio, faststart } = checked.value
  const isKind = kind === 'video' ? hasVideo : hasAudio && !hasVideo
  return isKind && faststart ? checked.value : null
}
