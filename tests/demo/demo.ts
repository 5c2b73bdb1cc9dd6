// `npm run demo [--out DIR]`: the main job by itself, with two real apps and fake cameras. Alice calls Bob, nobody
// answers, she leaves a video message; Bob plays it, drags it out and calls back.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect } from '@playwright/test'
import {
  addBack,
  addNearby,
  call,
  finishWelcome,
  introduceOneself,
  movingPictures,
  newestRow,
  offer,
  pictureWidth,
  recorded,
  seeRequest,
  stopRecording,
} from '../support/journey'
import { type LaunchedApp, launchApp } from '../support/launchApp'
import { portraits, writePortrait } from '../support/portrait'
import { writeVoice } from '../support/voice'
import { dragOut } from './dragOut'
import { startTimeline } from './timeline'

const outAt = process.argv.indexOf('--out')
const outFolder = path.resolve(outAt >= 0 ? (process.argv[outAt + 1] ?? 'demo-output') : 'demo-output')
const received = path.join(outFolder, 'received')
const scratch = await mkdtemp(path.join(os.tmpdir(), 'aftertone-demo-'))
const timeline = await startTimeline(outFolder)
const opened: LaunchedApp[] = []

async function open(person: 'alice' | 'bob', pitch: number, mdnsPort: number): Promise<LaunchedApp> {
  const camera = path.join(scratch, `${person}.y4m`)
  const voice = path.join(scratch, `${person}.wav`)
  writePortrait(camera, portraits[person])
  writeVoice(voice, pitch)
  const app = await launchApp({ folder: path.join(scratch, person), mdnsPort, camera, voice })
  opened.push(app)
  return app
}

async function play(): Promise<void> {
  const mdnsPort = 20_000 + Math.floor(Math.random() * 10_000)
  const [alice, bob] = await Promise.all([open('alice', 200, mdnsPort), open('bob', 110, mdnsPort)])
  await expect(alice.page.getByRole('heading', { name: 'Welcome to Aftertone' })).toBeVisible()
  await timeline.reached('Both apps are open', alice.page)

  await introduceOneself(alice.page, 'Alice')
  await introduceOneself(bob.page, 'Bob')
  await expect.poll(() => pictureWidth(alice.page)).toBe(1280)
  await timeline.reached('Alice checks her camera', alice.page)
  for (const { page } of [alice, bob]) await page.getByRole('button', { name: 'Continue' }).click()
  await expect(alice.page.getByRole('button', { name: 'Add Bob' })).toBeVisible({ timeout: 20_000 })
  await timeline.reached('Alice sees Bob nearby', alice.page)
  await addNearby(alice.page, 'Bob')
  await finishWelcome(alice.page)
  await finishWelcome(bob.page)
  await seeRequest(bob.page, 'Alice')
  await timeline.reached('Bob is told, with the same number', bob.page)
  await addBack(bob.page, 'Alice')

  // The shortest ring time that Settings has: a newcomer need not wait 45 seconds.
  await alice.page.evaluate(() => aftertone.settings.change({ ringSeconds: 20 }))
  await call(alice.page, 'Bob', 'Video')
  const panel = await bob.panel()
  await expect(panel.getByRole('button', { name: 'Accept' })).toBeVisible()
  await timeline.reached('Bob rings', panel)
  await expect(alice.page.getByText('Ringing…').first()).toBeVisible()
  await expect.poll(() => pictureWidth(alice.page)).toBe(1280)
  await timeline.reached('Alice hears it ring', alice.page)
  await offer(alice.page, 'Bob', 30_000)
  await timeline.reached('Nobody answers: the offer', alice.page)

  await alice.page.getByRole('button', { name: 'Record Video' }).click()
  await expect(alice.page.getByRole('button', { name: 'Skip' })).toBeVisible()
  await timeline.reached('Countdown', alice.page)
  await recorded(alice.page, 3)
  await timeline.reached('Recording', alice.page)
  await stopRecording(alice.page)
  await timeline.reached('Preview', alice.page)
  await alice.page.getByRole('button', { name: 'Retake' }).click()
  await alice.page.getByRole('button', { name: 'Record', exact: true }).click()
  await recorded(alice.page, 6)
  await stopRecording(alice.page)
  await timeline.reached('Preview of the retake', alice.page)
  await alice.page.getByRole('button', { name: /^Send to/ }).click()
  await timeline.reached('Sent', alice.page)
  await expect(alice.page.getByText('Delivered').first()).toBeVisible()
  await timeline.reached('Delivered', alice.page)

  await expect(newestRow(bob.page)).toHaveAccessibleName(/Video message.*Not played yet/)
  await timeline.reached('Bob has the missed call with its message', bob.page)
  await newestRow(bob.page).click()
  await timeline.reached('Bob opens it', bob.page)
  await bob.page.getByRole('button', { name: 'Play video message' }).click()
  await expect
    .poll(() => bob.page.evaluate(() => document.querySelector('video')?.currentTime ?? 0))
    .toBeGreaterThan(1)
  await timeline.reached('Bob plays it', bob.page)
  await expect(alice.page.getByText('Played').first()).toBeVisible()
  await timeline.reached('Alice sees that it was played', alice.page)

  const name = await dragOut({ app: bob, into: received, timeline, scratch })
  await timeline.reached(`Bob has the file: ${name}`)

  await bob.page.getByRole('button', { name: 'Call Back' }).click()
  const answer = (await alice.panel()).getByRole('button', { name: 'Accept' })
  await answer.click()
  await expect.poll(() => movingPictures(alice.page), { timeout: 20_000 }).toBe(2)
  await expect.poll(() => movingPictures(bob.page)).toBe(2)
  // The controls fade; a moved pointer brings them back.
  await bob.page.mouse.move(600, 300)
  await bob.page.mouse.move(620, 320)
  await timeline.reached('Bob calls back and Alice answers', bob.page)
  await bob.page.getByRole('button', { name: 'Hang Up' }).click()
  await timeline.reached('Done', bob.page)
}

try {
  await play()
  await timeline.write()
  console.log(
    `\nPictures, timeline.json and received/ are in ${path.relative(process.cwd(), outFolder) || '.'}`,
  )
} catch (error) {
  await timeline.write()
  for (const [index, { page, log }] of opened.entries()) {
    await page.screenshot({ path: path.join(outFolder, `failed-${index}.png`) }).catch(() => {})
    console.error(log())
  }
  throw error
} finally {
  await Promise.all(opened.map((app) => app.close().catch(() => app.kill())))
  await rm(scratch, { recursive: true, force: true })
}
