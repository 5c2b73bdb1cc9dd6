import { rm } from 'node:fs/promises'
import { failed, ok, type Result } from '../../preload/contract/result'
import { errorCode, isDiskFull, renameDurably } from './durableFile'
import { checkMp4 } from './mp4Boxes'
import type { Plan } from './plan'
import type { FinishedFile, TranscodeFailure } from './port'

/**
 * Checks what ffmpeg wrote and gives it its name: the file that stands at `output` is whole, faststart and safe on
 * the disk. Deletes the temporary file when it is no good.
 * @param durationMs what the recorder measured; a file that is much shorter lost something
 */
export async function finishFile(work: {
  plan: Plan
  temporary: string
  output: string
  durationMs: number | null
  waveform: number[]
}): Promise<Result<FinishedFile, TranscodeFailure>> {
  const { plan, temporary, output, waveform } = work
  const checked = await checkMp4(temporary)
  if (!checked.ok) return discard(temporary, { kind: 'bad-output', detail: checked.failure.detail })
  const { size, durationMs, width, height, faststart, hasVideo, hasAudio } = checked.value
  // A microphone that gave nothing at all leaves a video without sound, which is better than none.
  const hasAll = plan.kind === 'video' ? hasVideo : hasAudio && !hasVideo
  if (!faststart || !hasAll) {
    return discard(temporary, { kind: 'bad-output', detail: JSON.stringify(checked.value) })
  }
  if (work.durationMs !== null && durationMs < work.durationMs - Math.max(1_000, work.durationMs * 0.05)) {
    return discard(temporary, { kind: 'bad-output', detail: `${durationMs} ms of ${work.durationMs} ms` })
  }
  const failure = await giveName(temporary, output)
  return failure ? failed(failure) : ok({ path: output, size, durationMs, width, height, waveform })
}

/** Renames a temporary file for good, or deletes it and says why. */
export async function giveName(temporary: string, output: string): Promise<TranscodeFailure | null> {
  try {
    await renameDurably(temporary, output)
    return null
  } catch (error) {
    const code = errorCode(error)
    await rm(temporary, { force: true })
    if (!code) throw error
    return { kind: isDiskFull(error) ? 'disk-full' : 'output-unwritable', detail: code }
  }
}

async function discard(temporary: string, failure: TranscodeFailure) {
  await rm(temporary, { force: true })
  return failed(failure)
}
