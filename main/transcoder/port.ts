import type { Medium } from '../../preload/contract/ids'
import type { Result } from '../../preload/contract/result'

export type TranscodeFailure = {
  kind:
    | 'ffmpeg-missing'
    | 'ffmpeg-failed'
    | 'input-missing'
    | 'not-media'
    | 'disk-full'
    | 'output-unwritable'
    | 'cancelled'
    | 'timed-out'
    | 'bad-output'
  /** For the log: the end of ffmpeg's stderr, or an errno. */
  detail: string
}

/** A finished, checked, faststart MP4 or M4A that has its final name. */
export type FinishedFile = {
  path: string
  size: number
  durationMs: number
  width: number | null
  height: number | null
  /** 120 peaks, 0..100; all zero without sound. */
  waveform: number[]
}

/** An ffmpeg that runs while the recorder records. Never throws: a failure shows at `finish`. */
export type LiveTranscode = {
  write(bytes: Uint8Array): void
  /** Ends the input; the file is there when this resolves. */
  finish(): Promise<Result<FinishedFile, TranscodeFailure>>
  /** Kills it and removes what it wrote. */
  cancel(): Promise<void>
}

export type PrepareJob = {
  kind: Medium
  input: string
  output: string
  /** What the recorder measured, to check the result against; null after a crash. */
  durationMs: number | null
  /** 0..1. */
  progress(fraction: number): void
  stop: AbortSignal
}

export type Transcoder = {
  /** Null when there is no usable ffmpeg. */
  version(): Promise<string | null>
  /** @param mimeType the recorder's own word for its bytes, like `video/x-matroska;codecs=avc1,opus` */
  openLive(job: { kind: Medium; mimeType: string; output: string }): LiveTranscode
  /** The batch path: makes from a recording what the live path would have made. */
  prepare(job: PrepareJob): Promise<Result<FinishedFile, TranscodeFailure>>
  /** Writes a JPEG of at most `width` pixels (320 unless told), for a take whose recorder could not give one. */
  poster(job: { input: string; output: string; width?: number }): Promise<Result<null, TranscodeFailure>>
  /** Kills every running job; called at quit. */
  stop(): Promise<void>
}
