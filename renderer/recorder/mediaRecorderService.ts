import type { AftertoneApi } from '../../preload/contract'
import type { Medium } from '../../preload/contract/ids'
import type { Result } from '../../preload/contract/result'
import type { BeginTakeFailure, FinishFailure, Take } from '../../preload/contract/takes'
import type { PictureSampler } from './pictureSampler'
import type { StopReason } from './recorderState'
import { pickRecordingType } from './recordingType'

/** A crash loses about one slice. */
const SLICE_MS = 250
/** The software encoder lands at half of what it is asked for: this gives about 2 Mbit/s. */
const VIDEO_BITS_PER_SECOND = 4_000_000
const AUDIO_BITS_PER_SECOND = 128_000
const MOST_UNACKNOWLEDGED = 8
const FIRST_POSTER_MS = 500
/** A recorder that does not say that it stopped must not hold the take back. */
const STOP_LIMIT_MS = 3_000

type RecordingInput = {
  callId: string
  kind: Medium
  stream: MediaStream
  takes: Pick<AftertoneApi['takes'], 'begin' | 'append' | 'finish' | 'discard'>
  /** For the poster; null for sound alone. */
  sampler: PictureSampler | null
  /** The recording can't go on; what there is can still be finished. Said once. */
  onTrouble: (reason: Extract<StopReason, 'limit' | 'disk-full' | 'recorder-failed'>) => void
}

export type Recording = {
  /** Has main make the take, then starts. */
  begin(): Promise<Result<Take, BeginTakeFailure | { kind: 'unexpected' }>>
  pause(): void
  resume(): void
  /** Stops at once; resolves when main has all of it. May be called again, for the same answer. */
  finish(): Promise<Result<Take, FinishFailure | { kind: 'unexpected' }>>
  /** Stops and forgets what was recorded. */
  discard(): Promise<void>
}

/** Records one take from live tracks: numbered chunks, in order, never more than a few ahead of main's disk. */
export function createRecording({
  callId,
  kind,
  stream,
  takes,
  sampler,
  onTrouble,
}: RecordingInput): Recording {
  let recorder: MediaRecorder | null = null
  let takeId: string | null = null
  let over: 'no' | 'finishing' | 'discarded' = 'no'
  let pausedByPerson = false
  let poster: Uint8Array<ArrayBuffer> | null = null
  let posterTimer: ReturnType<typeof setTimeout> | undefined
  let size: { width: number | null; height: number | null } = { width: null, height: null }
  let answer: ReturnType<Recording['finish']> | null = null

  // The recorder's own time: what is paused is not in the file.
  let recordedMs = 0
  let runningSince: number | null = null
  const clock = (running: boolean): void => {
    if (runningSince !== null) recordedMs += performance.now() - runningSince
    runningSince = running ? performance.now() : null
  }

  /** Its last chunk is out. */
  let stopped = Promise.resolve()
  let chunks = Promise.resolve()
  let nextChunk = 0
  let unacknowledged = 0
  let refused = false
  let inTrouble = false

  const trouble = (reason: Parameters<RecordingInput['onTrouble']>[0]): void => {
    if (over === 'no' && !inTrouble) onTrouble(reason)
    inTrouble = true
  }
  const refuse = (reason: Parameters<RecordingInput['onTrouble']>[0]): void => {
    refused = true
    trouble(reason)
  }

  /** Recording runs only while the person wants it and main keeps up. */
  const settle = (): void => {
    const wanted = !pausedByPerson && unacknowledged < MOST_UNACKNOWLEDGED
    if (recorder?.state === 'recording' && !wanted) {
      recorder.pause()
      clock(false)
    } else if (recorder?.state === 'paused' && wanted) {
      recorder.resume()
      clock(true)
    }
  }

  const append = async (chunk: Blob, id: string): Promise<void> => {
    if (!refused) {
      const bytes = new Uint8Array(await chunk.arrayBuffer())
      const appended = await takes.append({ takeId: id, seq: nextChunk, bytes })
      nextChunk += 1
      if (!appended.ok) {
        const { kind: why } = appended.failure
        refuse(why === 'disk-full' ? 'disk-full' : why === 'too-long' ? 'limit' : 'recorder-failed')
      }
    }
  }

  const send = (chunk: Blob, id: string): void => {
    if (chunk.size === 0 || refused || over === 'discarded') return
    unacknowledged += 1
    settle()
    chunks = chunks
      .then(() => append(chunk, id))
      .catch(() => refuse('recorder-failed'))
      .finally(() => {
        unacknowledged -= 1
        settle()
      })
  }

  const takePoster = async (): Promise<void> => {
    poster = (await sampler?.poster()) ?? null
    if (poster === null && over === 'no' && sampler !== null)
      posterTimer = setTimeout(takePoster, FIRST_POSTER_MS)
  }

  const start = (made: MediaRecorder, id: string): void => {
    made.ondataavailable = ({ data }) => send(data, id)
    made.onerror = () => trouble('recorder-failed')
    stopped = new Promise((resolve) => {
      made.onstop = () => {
        trouble('recorder-failed')
        resolve()
      }
    })
    const { width, height } = stream.getVideoTracks()[0]?.getSettings() ?? {}
    size = { width: width ?? null, height: height ?? null }
    made.start(SLICE_MS)
    clock(true)
    posterTimer = setTimeout(takePoster, FIRST_POSTER_MS)
  }

  const stopRecorder = async (): Promise<void> => {
    clearTimeout(posterTimer)
    clock(false)
    if (recorder !== null && recorder.state !== 'inactive') recorder.stop()
    let limit: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<void>((resolve) => {
      limit = setTimeout(resolve, STOP_LIMIT_MS)
    })
    await Promise.race([stopped, late])
    clearTimeout(limit)
  }

  const finishOnce = async (id: string): ReturnType<Recording['finish']> => {
    over = 'finishing'
    // Drawn before the camera goes off; encoded while the last chunk drains.
    const lastPicture = poster === null ? sampler?.poster() : undefined
    await stopRecorder()
    await chunks
    const jpeg = poster ?? (await lastPicture) ?? null
    sampler?.close()
    try {
      return await takes.finish({ takeId: id, durationMs: recordedMs, ...size, poster: jpeg })
    } catch {
      return { ok: false, failure: { kind: 'unexpected' } }
    }
  }

  return {
    async begin() {
      const type = pickRecordingType(kind, (wish) => MediaRecorder.isTypeSupported(wish))
      if (type === null) return { ok: false, failure: { kind: 'unsupported-type' } }
      const options: MediaRecorderOptions & { videoKeyFrameIntervalDuration: number } = {
        mimeType: type,
        videoBitsPerSecond: VIDEO_BITS_PER_SECOND,
        audioBitsPerSecond: AUDIO_BITS_PER_SECOND,
        videoKeyFrameIntervalDuration: 1_000,
      }
      try {
        const made = new MediaRecorder(stream, options)
        const begun = await takes.begin({ callId, kind, mimeType: made.mimeType })
        if (!begun.ok) return begun
        takeId = begun.value.id
        recorder = made
        if (over === 'no') start(made, takeId)
        else await takes.discard({ takeId })
        return begun
      } catch {
        if (takeId !== null) takes.discard({ takeId }).catch(() => undefined)
        return { ok: false, failure: { kind: 'unexpected' } }
      }
    },
    pause() {
      pausedByPerson = true
      settle()
    },
    resume() {
      pausedByPerson = false
      settle()
    },
    finish() {
      if (answer !== null) return answer
      if (takeId === null || over !== 'no') {
        over = 'discarded'
        return Promise.resolve({ ok: false, failure: { kind: 'take-unknown' } })
      }
      answer = finishOnce(takeId)
      return answer
    },
    async discard() {
      over = 'discarded'
      await stopRecorder()
      sampler?.close()
      if (takeId !== null) await takes.discard({ takeId })
    },
  }
}
