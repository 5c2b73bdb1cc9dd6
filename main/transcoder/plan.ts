import type { Medium } from '../../preload/contract/ids'
import { failed, ok, type Result } from '../../preload/contract/result'
import type { Demuxer, RecordingHeader } from './recordingHeader'

/** What is to be done with a recording. */
export type Plan = {
  kind: Medium
  demuxer: Demuxer
  /** H.264 as the recorder made it is copied; anything else, or a size that players dislike, is encoded again. */
  video: 'copy' | 'encode' | null
  audio: { channels: 1 | 2 } | null
}

/** ffmpeg's arguments; `options` belong to the `target` after them. */
export type Arguments = {
  options: string[]
  source: string
  outputs: { options: string[]; target: string }[]
}

/** Rate of the PCM that the waveform is made from, in Hz. */
export const WAVEFORM_RATE = 8_000
const LARGEST_COPIED_SIDE = 1_920
/** In pixels. */
export const POSTER_WIDTH = 320

/** Decides what a recording needs to become a message. */
export function planFor(
  kind: Medium,
  header: RecordingHeader,
): Result<Plan, { kind: 'not-media'; detail: string }> {
  const { demuxer, video, audio } = header
  if (kind === 'audio') {
    if (!audio) return failed({ kind: 'not-media', detail: 'an audio recording without sound' })
    return ok({ kind, demuxer, video: null, audio: { channels: 1 } })
  }
  if (!video) return failed({ kind: 'not-media', detail: 'a video recording without picture' })
  return ok({
    kind,
    demuxer,
    video: canCopy(video) ? 'copy' : 'encode',
    audio: audio && { channels: audio.channels === 1 ? 1 : 2 },
  })
}

function canCopy({ h264, width, height }: { h264: boolean; width: number; height: number }): boolean {
  return h264 && [width, height].every((side) => side > 0 && side % 2 === 0 && side <= LARGEST_COPIED_SIDE)
}

/** Reads the recording from stdin while it is recorded. */
export function liveArguments(plan: Plan, output: string): Arguments {
  return {
    options: [
      '-hide_banner',
      '-v',
      'warning',
      '-nostats',
      '-y',
      '-protocol_whitelist',
      'pipe,file',
      '-f',
      plan.demuxer,
    ],
    source: 'pipe:0',
    outputs: outputs(plan, output),
  }
}

/** Reads the recording from its spool, with progress on stderr. */
export function batchArguments(plan: Plan, input: string, output: string): Arguments {
  return {
    options: [
      ...[
        '-nostdin',
        '-hide_banner',
        '-v',
        'warning',
        '-nostats',
        '-progress',
        'pipe:2',
        '-stats_period',
        '0.2',
      ],
      // stdout is where the waveform's PCM goes
      ...['-y', '-protocol_whitelist', 'file,pipe', '-f', plan.demuxer],
    ],
    source: fileUrl(input),
    outputs: outputs(plan, output),
  }
}

/** Writes one frame as a JPEG. */
export function posterArguments(
  demuxer: Demuxer,
  input: string,
  output: string,
  atSeconds: number,
  width: number = POSTER_WIDTH,
): Arguments {
  return {
    options: [
      ...['-nostdin', '-hide_banner', '-v', 'warning', '-y', '-protocol_whitelist', 'file'],
      ...['-f', demuxer, '-ss', String(atSeconds)],
    ],
    source: fileUrl(input),
    outputs: [
      {
        options: [
          ...['-frames:v', '1', '-an', '-vf', `scale='min(${width},iw)':-2`, '-q:v', '4'],
          // without -update a `%d` in the name of a folder counts as a pattern
          ...['-update', '1', '-f', 'image2'],
        ],
        target: fileUrl(output),
      },
    ],
  }
}

/** The arguments as ffmpeg takes them. */
export function commandLine({ options, source, outputs: all }: Arguments): string[] {
  return [...options, '-i', source, ...all.flatMap((output) => [...output.options, output.target])]
}

/** Never `-x`, `a:b` or a URL by mistake, whatever the file is called. */
const fileUrl = (path: string) => `file:${path}`

function outputs(plan: Plan, output: string): Arguments['outputs'] {
  return [
    {
      options: [
        ...(plan.audio ? ['-filter_complex', soundFilter(plan)] : []),
        ...(plan.video ? ['-map', '0:v:0'] : []),
        ...(plan.audio ? ['-map', '[sound]'] : []),
        ...['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn'],
        ...videoOptions(plan.video),
        ...(plan.audio ? soundOptions(plan.audio.channels) : []),
        ...[
          '-max_muxing_queue_size',
          '1024',
          '-movflags',
          '+faststart',
          '-f',
          plan.kind === 'audio' ? 'ipod' : 'mp4',
        ],
      ],
      target: fileUrl(output),
    },
    ...(plan.audio ? [{ options: ['-map', '[waveform]', '-f', 's16le'], target: 'pipe:1' }] : []),
  ]
}

/**
 * Chromium's recorder stamps each Opus packet in a Matroska file this much too late, in seconds: a flash and a beep made
 * together came out 36 to 55 ms apart in Chromium 130 and 156, whatever the machine's load. Looked at again in
 * tests/e2e/recording.spec.ts.
 */
export const RECORDER_SOUND_LAG = 0.04

/** Sound that starts late or has gaps is filled with silence, so that it stays in step with the picture. */
function soundFilter({ demuxer, video }: Plan): string {
  const inStep = video && demuxer === 'matroska' ? `asetpts=PTS-${RECORDER_SOUND_LAG}/TB,` : ''
  return [
    '[0:a]asplit=2[first][second]',
    `[first]${inStep}aresample=async=1:first_pts=0[sound]`,
    `[second]aformat=channel_layouts=mono,aresample=${WAVEFORM_RATE}[waveform]`,
  ].join(';')
}

/** ffmpeg's usual AAC search costs three times as much and sounds no better on speech. */
function soundOptions(channels: 1 | 2): string[] {
  const bitrate = channels === 1 ? '96k' : '128k'
  return ['-c:a', 'aac', '-aac_coder', 'fast', '-b:a', bitrate, '-ar', '48000', '-ac', String(channels)]
}

function videoOptions(video: Plan['video']): string[] {
  if (video === null) return []
  if (video === 'copy') return ['-c:v', 'copy']
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '22', '-maxrate', '3M', '-bufsize', '6M'],
    ...['-profile:v', 'high', '-pix_fmt', 'yuv420p', '-g', '60'],
    // -2 makes only the height even
    ...['-vf', "scale='trunc(min(1280,iw)/2)*2':-2:flags=bicubic,setsar=1"],
    // without these, ffmpeg 4 and 5 turn a recorder's uneven frames into 1000 frames a second
    ...['-fps_mode', 'vfr', '-enc_time_base', '1:90000'],
  ]
}
