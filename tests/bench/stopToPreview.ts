import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { offer, recorded } from '../support/journey'
import { launchApp } from '../support/launchApp'
import { FFMPEG } from '../support/media'
import { median } from '../support/median'
import { callNobody } from '../support/recordTake'
import type { BenchRow } from './row'

const ROUNDS = 3
const SECONDS = 5

/** Milliseconds from pressing Stop, in the real app, until the finished file's first picture is there. */
async function stopOnce(page: Awaited<ReturnType<typeof launchApp>>['page']): Promise<number> {
  return page.evaluate(async () => {
    const stop = [...document.querySelectorAll('button')].find(
      (button) => button.textContent === 'Stop' || button.ariaLabel === 'Stop',
    )
    const pressedAt = performance.now()
    stop?.click()
    for (;;) {
      const video = document.querySelector<HTMLVideoElement>('video[src^="media://take/"]')
      if (video && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA)
        return performance.now() - pressedAt
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  })
}

/** What the same take costs when ffmpeg only begins after Stop. */
async function ffmpegAfterwards(take: string): Promise<number> {
  const startedAt = performance.now()
  const output = path.join(os.tmpdir(), `aftertone-afterwards-${process.pid}.mp4`)
  const args = ['-c:v', 'copy', '-c:a', 'aac', '-movflags', '+faststart', output]
  const child = spawn(FFMPEG, ['-nostdin', '-v', 'error', '-y', '-i', take, ...args], { stdio: 'ignore' })
  await once(child, 'close')
  const ms = performance.now() - startedAt
  await fs.rm(output, { force: true })
  return ms
}

/** In the app itself, with a fake camera: what a person waits for after Stop. */
export async function benchStopToPreview(): Promise<BenchRow[]> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'aftertone-stop-'))
  const app = await launchApp({ folder, mdnsPort: 25_998 })
  const { page } = app
  const ours: number[] = []
  const reference: number[] = []
  try {
    await page.evaluate(() =>
      aftertone.settings.change({ name: 'Bench', welcomed: true, countdownSeconds: 0 }),
    )
    await callNobody(page)
    await offer(page, 'Nobody', 20_000)
    await page.getByRole('button', { name: 'Record Video' }).click()
    for (let round = 0; round <= ROUNDS; round++) {
      await recorded(page, SECONDS)
      const ms = await stopOnce(page)
      const takes = path.join(folder, 'data/takes')
      const [take = ''] = await fs.readdir(takes)
      const bare = await ffmpegAfterwards(path.join(takes, take, 'final.mp4'))
      if (round > 0) {
        ours.push(ms)
        reference.push(bare)
      }
      await page.getByRole('button', { name: 'Retake' }).click()
      await page.getByRole('button', { name: 'Record', exact: true }).click()
    }
  } finally {
    await app.close()
    await fs.rm(folder, { recursive: true, force: true })
  }
  const [a, b] = [median(ours), median(reference)]
  return [
    {
      name: `stop → preview in the app, ${SECONDS} s, against ffmpeg afterwards`,
      ours: a,
      reference: b,
      unit: 'ms',
      ratio: a / b,
      budget: '≤ 150 ms to the file, then its first picture',
    },
  ]
}
