import fs from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'

type Step = { step: string; ms: number }

/** What happened when, with a picture of each step. */
export type Timeline = {
  /** Notes that something is done now, in milliseconds since the start, and takes a picture where there is one. */
  reached(step: string, picture?: Page | ((file: string) => Promise<void>)): Promise<void>
  write(): Promise<void>
}

/** @param folder emptied first; gets `01-….png`, `02-….png`, … and `timeline.json` */
export async function startTimeline(folder: string): Promise<Timeline> {
  await fs.rm(folder, { recursive: true, force: true })
  await fs.mkdir(folder, { recursive: true })
  const startedAt = performance.now()
  const steps: Step[] = []
  let pictures = 0
  return {
    async reached(step, picture) {
      const ms = Math.round(performance.now() - startedAt)
      steps.push({ step, ms })
      console.log(`${String(ms).padStart(7)} ms  ${step}`)
      if (!picture) return
      pictures++
      const slug = step
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '')
      const file = path.join(folder, `${String(pictures).padStart(2, '0')}-${slug}.png`)
      if (typeof picture === 'function') await picture(file)
      else await picture.screenshot({ path: file })
    },
    async write() {
      await fs.writeFile(path.join(folder, 'timeline.json'), `${JSON.stringify(steps, null, 2)}\n`)
    },
  }
}
