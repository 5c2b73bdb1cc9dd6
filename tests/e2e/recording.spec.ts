import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/app'
import { flashAndBeep } from '../support/flashAndBeep'
import { addBack, call, newestRow, offer, record, seeRequest, stopRecording } from '../support/journey'
import { syncOffsets } from '../support/media'
import { median } from '../support/median'

/** Remembers every track that the page gets from now on. */
async function watchDevices(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tracks: MediaStreamTrack[] = []
    Object.assign(window, { watchedTracks: tracks })
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints)
      tracks.push(...stream.getTracks())
      return stream
    }
  })
}

/** How many of the watched tracks still hold a device, and so its light. */
const openDevices = (page: Page) =>
  page.evaluate(() => {
    const { watchedTracks } = window as unknown as { watchedTracks: MediaStreamTrack[] }
    return watchedTracks.filter((track) => track.readyState === 'live').length
  })

test('picture and sound of a sent message are in step within 40 ms', async ({
  twoPeople: { alice, bob },
}) => {
  test.setTimeout(120_000)
  await flashAndBeep(alice.page)
  await call(alice.page, 'Bob', 'Video')
  await (await bob.panel()).getByRole('button', { name: 'Decline' }).click()
  await offer(alice.page, 'Bob', 10_000)
  await record(alice.page, 'Video', 8)
  await stopRecording(alice.page)
  await alice.page.getByRole('button', { name: 'Send to Bob' }).click()
  await expect(newestRow(bob.page)).toHaveAccessibleName(/Video message/)
  const folder = path.join(bob.folder, 'data/messages')
  const [name = ''] = (await readdir(folder)).filter((file) => file.endsWith('.mp4'))
  const offsets = await syncOffsets(path.join(folder, name))
  expect(offsets.length).toBeGreaterThanOrEqual(5)
  // The middle one: a busy machine paints single flashes late.
  expect(Math.abs(median(offsets))).toBeLessThan(40)
})

test('camera and microphone go off at once on every way out', async ({ twoPeople: { alice, bob } }) => {
  test.setTimeout(120_000)
  const { page } = alice
  await watchDevices(page)
  const toOffer = async () => {
    await call(page, 'Bob', 'Video')
    await (await bob.panel()).getByRole('button', { name: 'Decline' }).click()
    await offer(page, 'Bob', 10_000)
  }
  await toOffer()
  await page.keyboard.press('Escape')
  await expect.poll(() => openDevices(page), 'closing the offer').toBe(0)

  await toOffer()
  await page.getByRole('button', { name: 'Record Video' }).click()
  await expect.poll(() => openDevices(page)).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Record', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await offer(page, 'Bob', 10_000)
  await page.keyboard.press('Escape')
  await expect.poll(() => openDevices(page), 'leaving the countdown').toBe(0)

  await toOffer()
  await record(page, 'Video', 1)
  // Under Playwright a page does not notice that its window was hidden, so it is told.
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect.poll(() => openDevices(page), 'hiding the window').toBe(0)
  await page.evaluate(() => {
    Reflect.deleteProperty(document, 'visibilityState')
    document.dispatchEvent(new Event('visibilitychange'))
  })
  // What was recorded until then is there.
  await expect(page.getByRole('button', { name: 'Send to Bob' })).toBeEnabled()
  await expect.poll(() => openDevices(page), 'the preview').toBe(0)
})

test('a camera that is unplugged while recording ends in the preview, with a sentence', async ({
  twoPeople: { alice, bob },
}) => {
  const { page } = alice
  await watchDevices(page)
  await call(page, 'Bob', 'Video')
  await (await bob.panel()).getByRole('button', { name: 'Decline' }).click()
  await offer(page, 'Bob', 10_000)
  await record(page, 'Video', 2)
  // What a browser does when the device goes: the track ends, and says so.
  await page.evaluate(() => {
    const { watchedTracks } = window as unknown as { watchedTracks: MediaStreamTrack[] }
    const camera = watchedTracks.findLast((track) => track.kind === 'video' && track.readyState === 'live')
    camera?.stop()
    camera?.dispatchEvent(new Event('ended'))
  })
  await expect(page.getByText('The camera was disconnected.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send to Bob' })).toBeEnabled()
})

test('a denied or missing camera is said in a sentence, and audio still works', async ({ launch }) => {
  test.setTimeout(120_000)
  const [alice, bob] = await Promise.all([
    launch({
      person: 'Alice',
      camera: '',
      args: ['--use-fake-device-for-media-stream=device-count=0'],
    }),
    launch({ person: 'Bob', colour: 'blue' }),
  ])
  await alice.page.getByRole('button', { name: 'Add Bob' }).click({ timeout: 20_000 })
  await seeRequest(bob.page, 'Alice')
  await addBack(bob.page, 'Alice')
  await call(alice.page, 'Bob', 'Video')
  await (await bob.panel()).getByRole('button', { name: 'Decline' }).click()
  await offer(alice.page, 'Bob', 10_000)
  await alice.page.getByRole('button', { name: 'Record Video' }).click()
  await expect(alice.page.getByText('No camera was found.').first()).toBeVisible()

  await bob.app.evaluate(({ session }) =>
    session.defaultSession.setPermissionRequestHandler((_page, _permission, answer) => answer(false)),
  )
  await call(bob.page, 'Alice', 'Video')
  await (await alice.panel()).getByRole('button', { name: 'Decline' }).click()
  await offer(bob.page, 'Alice', 10_000)
  await bob.page.getByRole('button', { name: 'Record Video' }).click()
  await expect(bob.page.getByText('Aftertone may not use the camera.').first()).toBeVisible()
})
