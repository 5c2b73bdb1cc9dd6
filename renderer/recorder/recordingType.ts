import type { Medium } from '../../preload/contract/ids'

// H.264 is what the finished file holds anyway, and Matroska can be cut anywhere, so a crash loses next to nothing.
// A bare `video/mp4` would give VP9: always name the codecs.
const wishes: Record<Medium, readonly string[]> = {
  video: [
    'video/x-matroska;codecs=avc1,opus',
    'video/webm;codecs=h264,opus',
    'video/mp4;codecs=avc1.64003E,opus',
    'video/webm;codecs=vp8,opus',
  ],
  audio: ['audio/webm;codecs=opus', 'audio/mp4;codecs=opus'],
}

/** The best type that this machine records, or null when it records none of ours. */
export function pickRecordingType(kind: Medium, isSupported: (type: string) => boolean): string | null {
  return wishes[kind].find(isSupported) ?? null
}
