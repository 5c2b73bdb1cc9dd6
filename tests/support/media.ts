import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Tests use the machine's own ffmpeg, which comes with an ffprobe. */
export const FFMPEG = process.env.AFTERTONE_FFMPEG_PATH ?? 'ffmpeg'
export const FFPROBE = 'ffprobe'

let folder: string | null = null
const made = new Map<string, Promise<string>>()

/** This process's folder for generated media. */
function mediaFolder(): string {
  if (folder) return folder
  folder = mkdtempSync(join(tmpdir(), 'aftertone-media-'))
  process.once('exit', removeMedia)
  return folder
}

function removeMedia(): void {
  if (folder) rmSync(folder, { recursive: true, force: true })
  folder = null
  made.clear()
}

// Vitest ends its processes too hard for an exit handler to run.
if (process.env.VITEST) {
  const { afterAll } = await import('vitest')
  afterAll(removeMedia)
}

/** Runs ffmpeg once for each name; later callers get the same file. */
function make(name: string, options: string[]): Promise<string> {
  const known = made.get(name)
  if (known !== undefined) return known
  const path = join(mediaFolder(), name)
  const making = run(FFMPEG, ['-nostdin', '-v', 'error', '-y', ...options, `file:${path}`]).then(() => path)
  made.set(name, making)
  return making
}

type Clip = { seconds: number; size?: string }

const picture = ({ size = '640x360' }: Clip) => ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=30`]
const sound = (channels = 1) => [
  ...['-f', 'lavfi', '-i', 'sine=f=440:r=48000,tremolo=f=4:d=0.9,volume=4'],
  ...['-ac', String(channels)],
]
const h264 = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-g',
  '30',
  '-profile:v',
  'baseline',
  '-pix_fmt',
  'yuv420p',
]
const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1500k']
const opus = ['-c:a', 'libopus', '-b:a', '96k']
/** As a recorder writes it: no duration, no cues. */
const liveMatroska = ['-f', 'matroska', '-live', '1']
const liveWebm = ['-f', 'webm', '-live', '1']
const nameOf = (kind: string, { seconds, size = '640x360' }: Clip, ending: string) =>
  `${kind}-${seconds}-${size}.${ending}`

/** What the recorder makes where it can: H.264 and mono Opus in Matroska. */
export const h264Recording = (clip: Clip) =>
  make(nameOf('h264', clip, 'mkv'), [
    ...picture(clip),
    ...sound(),
    ...['-t', String(clip.seconds), ...h264, ...opus, ...liveMatroska],
  ])

/** The same with a stereo microphone. */
export const stereoRecording = (clip: Clip) =>
  make(nameOf('stereo', clip, 'mkv'), [
    ...picture(clip),
    ...sound(2),
    ...['-t', String(clip.seconds), ...h264, ...opus, ...liveMatroska],
  ])

/** A camera without a microphone. */
export const silentRecording = (clip: Clip) =>
  make(nameOf('silent', clip, 'mkv'), [
    ...picture(clip),
    '-t',
    String(clip.seconds),
    ...h264,
    '-an',
    ...liveMatroska,
  ])

/** A microphone that was there and gave nothing: its track is announced and stays empty. */
export const deadSoundRecording = async (clip: Clip) =>
  make(nameOf('dead', clip, 'mkv'), [
    ...['-i', `file:${await h264Recording(clip)}`, '-map', '0', '-c', 'copy'],
    ...['-bsf:a', 'noise=amount=0:drop=1', ...liveMatroska],
  ])

/** H.264 and Opus in fragmented MP4, the third choice of the recorder. */
export const mp4Recording = (clip: Clip) =>
  make(nameOf('fragmented', clip, 'mp4'), [
    ...picture(clip),
    ...sound(),
    ...['-t', String(clip.seconds), ...h264, ...opus],
    ...['-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4'],
  ])

/** A message as it is sent: H.264 and AAC in MP4, its index first. */
export const finishedVideo = (clip: Clip) =>
  make(nameOf('finished', clip, 'mp4'), [
    ...picture(clip),
    ...sound(),
    ...['-t', String(clip.seconds), ...h264, '-c:a', 'aac', '-movflags', '+faststart'],
  ])

/** VP8 with uneven frames and no duration, which naive ffmpeg turns into hundreds of frames a second. */
export const vp8Recording = (clip: Clip) =>
  make(nameOf('vp8', clip, 'webm'), [
    ...['-f', 'lavfi', '-i', `testsrc2=s=${clip.size ?? '640x360'}:r=1000`],
    ...sound(),
    ...['-t', String(clip.seconds)],
    ...['-vf', "select='isnan(prev_selected_t)+gte(t-prev_selected_t,0.030+0.007*mod(n,3))'"],
    ...['-fps_mode', 'passthrough', '-enc_time_base', '1:1000', ...vp8, ...opus, ...liveWebm],
  ])

/** A picture with odd sides (testsrc2 would round them to even). */
export const oddSizedRecording = (clip: { seconds: number }) =>
  make(nameOf('odd', clip, 'webm'), [
    ...['-f', 'lavfi', '-i', 'testsrc=s=641x361:r=30'],
    ...sound(),
    ...['-t', String(clip.seconds), ...vp8, ...opus, ...liveWebm],
  ])

/** An audio message as it is recorded. */
export const audioRecording = (clip: { seconds: number }) =>
  make(nameOf('audio', clip, 'webm'), [...sound(), '-t', String(clip.seconds), ...opus, ...liveWebm])

/** A white flash and a beep at every full second; the beep is stamped as late as Chromium's recorder stamps it. */
export const syncRecording = (clip: { seconds: number }) =>
  make(nameOf('sync', clip, 'mkv'), [
    ...['-f', 'lavfi', '-i', "color=black:s=640x360:r=30,drawbox=t=fill:c=white:enable='lt(mod(t,1),0.1)'"],
    ...['-f', 'lavfi', '-i', "aevalsrc='0.8*sin(2*PI*1000*t)*between(mod(t,1),0.04,0.14)':s=48000"],
    ...['-t', String(clip.seconds), ...h264, ...opus, ...liveMatroska],
  ])

export type Probed = {
  format: { duration?: string; format_name: string; size: string }
  streams: {
    codec_type: string
    codec_name: string
    profile?: string
    width?: number
    height?: number
    channels?: number
    avg_frame_rate: string
    r_frame_rate: string
    nb_read_packets: string
    start_time?: string
  }[]
}

/** What ffprobe says of a file. */
export async function probe(path: string): Promise<Probed> {
  const options = ['-v', 'error', '-count_packets', '-show_format', '-show_streams', '-of', 'json']
  const { stdout } = await run(FFPROBE, [...options, `file:${path}`])
  return JSON.parse(stdout)
}

/** Everything that ffmpeg complains about when it decodes the whole file; empty for a sound one. */
export async function decodeErrors(path: string): Promise<string> {
  // in a fine time base, since the null muxer's own would make uneven frames collide
  const output = ['-fps_mode', 'passthrough', '-enc_time_base:v', '1:90000', '-f', 'null', '-']
  const { stderr } = await run(FFMPEG, ['-nostdin', '-v', 'error', '-i', `file:${path}`, ...output])
  return stderr
}

/** How much later the picture is than the sound, in ms, at each flash and beep of a `syncRecording`. */
export async function syncOffsets(path: string): Promise<number[]> {
  const [flashes, beeps] = await Promise.all([flashTimes(path), beepTimes(path)])
  return flashes.flatMap((flash) => {
    const offsets = beeps.map((beep) => (flash - beep) * 1_000)
    const nearest = offsets.sort((one, other) => Math.abs(one) - Math.abs(other))[0]
    return nearest !== undefined && Math.abs(nearest) < 450 ? [nearest] : []
  })
}

export const mean = (values: number[]) => values.reduce((sum, each) => sum + each, 0) / values.length

async function flashTimes(path: string): Promise<number[]> {
  const filter = 'scale=32:18,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-'
  const { stdout } = await run(
    FFMPEG,
    ['-nostdin', '-v', 'error', '-i', `file:${path}`, '-map', '0:v:0', '-vf', filter, '-f', 'null', '-'],
    { maxBuffer: 64 * 1024 * 1024 },
  )
  const frames = [...stdout.matchAll(/pts_time:([\d.]+)[\s\S]*?YAVG=([\d.]+)/g)].map(([, time, luma]) => ({
    time: Number(time),
    bright: Number(luma) > 120,
  }))
  return frames
    .filter((frame, at) => frame.bright && at > 0 && !frames[at - 1]?.bright)
    .map((frame) => frame.time)
}

async function beepTimes(path: string): Promise<number[]> {
  const options = [
    '-map',
    '0:a:0',
    '-af',
    'aresample=48000:async=1:first_pts=0',
    '-ac',
    '1',
    '-f',
    's16le',
    '-',
  ]
  const { stdout } = await run(FFMPEG, ['-nostdin', '-v', 'error', '-i', `file:${path}`, ...options], {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024,
  })
  const beeps: number[] = []
  let lastLoud = -1
  const samplesPerMs = 48
  for (let ms = 0; (ms + 1) * samplesPerMs * 2 <= stdout.byteLength; ms += 1) {
    let loudest = 0
    for (let at = 0; at < samplesPerMs; at += 1) {
      loudest = Math.max(loudest, Math.abs(stdout.readInt16LE((ms * samplesPerMs + at) * 2)))
    }
    if (loudest < 0.2 * 32_768) continue
    // the beep at 0 has no silence before it, and no flash edge either
    if (ms - lastLoud > 300) beeps.push(ms / 1_000)
    lastLoud = ms
  }
  return beeps
}

/** Command lines of the ffmpegs that work in this folder right now. */
export async function ffmpegsIn(folder: string): Promise<string[]> {
  const { stdout } = await run('ps', ['-ww', '-eo', 'args'])
  return stdout.split('\n').filter((line) => line.includes(folder) && line.includes('ffmpeg'))
}
