const PROGRESS_LINE = /^(\w+)=\s*(\S.*)?$/
const PROGRESS_KEYS =
  /^(frame|fps|stream_\d+_\d+_q|bitrate|total_size|out_time|out_time_us|out_time_ms|dup_frames|drop_frames|speed|progress)$/

/**
 * Reads one line of ffmpeg's stderr with `-progress pipe:2`. Null: a line of its log instead. `seconds` is how much
 * has been written, or null where the line does not say.
 */
export function parseProgress(line: string): { seconds: number | null } | null {
  const [, key, value] = PROGRESS_LINE.exec(line) ?? []
  if (!key || !PROGRESS_KEYS.test(key)) return null
  // `out_time_ms` holds microseconds as well, so there is one key to read.
  if (key !== 'out_time_us' || value === undefined || !/^\d+$/.test(value)) return { seconds: null }
  return { seconds: Number(value) / 1_000_000 }
}

/** 0..1 of a job of known length; stays short of 1, since checking and naming the file come after. */
export function progressFraction(seconds: number, durationMs: number | null): number {
  if (!durationMs) return 0
  return Math.min(0.99, (seconds * 1_000) / durationMs)
}
