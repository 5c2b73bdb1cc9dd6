import { expect, type LaunchedApp, test } from '../support/app'
import { finishedVideo } from '../support/media'
import { plantMessages } from '../support/plantMessages'

type Page = LaunchedApp['page']

const row = (page: Page, name: string) =>
  page.locator('[data-row]').and(page.getByRole('button', { name: new RegExp(`${name}.*message`) }))
const player = (page: Page) => page.getByRole('region', { name: /^(Video|Audio) message from/ })

/** What the media element of the shown message is doing. */
const playback = (page: Page) =>
  player(page)
    .locator('video, audio')
    .evaluate((media: HTMLMediaElement) => ({
      playing: !media.paused,
      time: media.currentTime,
      rate: media.playbackRate,
      volume: media.muted ? 0 : media.volume,
      sinkId: media.sinkId,
    }))
const timeOf = async (page: Page) => (await playback(page)).time

async function tabTo(page: Page, role: 'button' | 'slider' | 'combobox', name: string) {
  const wanted = page.getByRole('main').getByRole(role, { name, exact: true })
  await expect(wanted).toBeVisible()
  for (let step = 0; step < 60; step++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never comes to ${name}`)
}

/** One profile with a video of 20 seconds and a sound of 20 seconds to play, and one played long ago. */
async function withMessages(launch: (options: { person?: string; folder?: string }) => Promise<LaunchedApp>) {
  const { folder, close } = await launch({ person: 'Bob' })
  await close()
  const file = await finishedVideo({ seconds: 20 })
  plantMessages(folder, [
    { name: 'Alice', playedDaysAgo: null, file },
    { name: 'Carol', playedDaysAgo: null, file, kind: 'audio' },
    { name: 'Dave', playedDaysAgo: 5, file },
  ])
  const app = await launch({ folder })
  await expect(row(app.page, 'Alice')).toBeVisible()
  return app
}

test('a message is played, steered, kept and followed by the next one, by keys alone', async ({ launch }) => {
  test.setTimeout(90_000)
  const { page } = await withMessages(launch)
  await row(page, 'Alice').focus()
  await page.keyboard.press('Enter')

  // The poster first: nothing plays by itself.
  await expect(player(page).locator('video')).toHaveAttribute('poster', /^media:\/\/poster\//)
  await expect(page.getByRole('button', { name: 'Play video message' })).toBeVisible()
  expect(await playback(page)).toMatchObject({ playing: false, time: 0 })

  // From the history: Space plays, arrows jump, < and > change the speed.
  await page.keyboard.press('Space')
  await expect.poll(async () => (await playback(page)).playing).toBe(true)
  const before = await timeOf(page)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => timeOf(page)).toBeGreaterThanOrEqual(before + 5)
  await page.keyboard.press('>')
  await expect.poll(async () => (await playback(page)).rate).toBe(1.25)
  await page.keyboard.press('<')
  await page.keyboard.press('<')
  await expect.poll(async () => (await playback(page)).rate).toBe(0.75)
  await page.keyboard.press('Space')
  await expect.poll(async () => (await playback(page)).playing).toBe(false)

  // The bar: position, speed, volume.
  await tabTo(page, 'slider', 'Position')
  await page.keyboard.press('End')
  await expect.poll(() => timeOf(page)).toBeGreaterThan(19)
  await page.keyboard.press('Home')
  await expect.poll(() => timeOf(page)).toBe(0)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => timeOf(page)).toBe(5)
  await tabTo(page, 'combobox', 'Speed')
  await page.keyboard.type('2')
  await expect.poll(async () => (await playback(page)).rate).toBe(2)
  await tabTo(page, 'button', 'Mute')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await playback(page)).volume).toBe(0)
  await tabTo(page, 'slider', 'Volume')
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await playback(page)).volume).toBeCloseTo(0.05)

  // Full screen and picture in picture, and back.
  await tabTo(page, 'button', 'Full screen')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBeNull()
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByRole('button', { name: 'Picture in picture' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.pictureInPictureElement !== null)).toBe(true)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.pictureInPictureElement)).toBeNull()

  // Keep: pressed here, marked there.
  await tabTo(page, 'button', 'Keep')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main').getByRole('button', { name: 'Keep', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await expect(
    page.locator('[data-row]').and(page.getByRole('button', { name: /Alice.*Kept/ })),
  ).toBeVisible()

  // The next unplayed one plays only now that it is asked for; it is the last, so the button goes.
  await tabTo(page, 'button', 'Next Unplayed')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Audio message from Carol' })).toBeVisible()
  await expect.poll(async () => (await playback(page)).playing).toBe(true)
  await expect(page.getByRole('button', { name: 'Next Unplayed' })).toBeHidden()
  // The focus went on to the player, so its keys do too.
  await expect(player(page)).toBeFocused()
  await page.keyboard.press('Space')
  await expect.poll(async () => (await playback(page)).playing).toBe(false)
  await expect(player(page).locator('svg.waveform')).toBeVisible()
})

test('C calls back with video and Shift+C with sound, beside the player', async ({ launch }) => {
  const { page } = await withMessages(launch)
  const calls = () =>
    page.evaluate(async () => {
      const { entries } = await aftertone.history.page({ filter: 'all', after: null, limit: 9 })
      return entries.filter(({ call }) => call.direction === 'out').map(({ call }) => call.media)
    })
  for (const [key, media] of [
    ['c', 'video'],
    ['Shift+C', 'audio'],
  ] as const) {
    await row(page, 'Dave').focus()
    await page.keyboard.press('Enter')
    await tabTo(page, 'button', 'Call Back')
    await page.keyboard.press(key)
    await expect.poll(async () => (await calls())[0]).toBe(media)
    await expect(page.getByRole('heading', { name: 'Dave isn’t available' })).toBeVisible()
    await page.keyboard.press('Escape')
  }
  expect(await calls()).toEqual(['audio', 'video'])
})

test('a message is heard on the chosen speaker, and on another one at once', async ({ launch }) => {
  const { page } = await withMessages(launch)
  const speakers = await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    for (const track of stream.getTracks()) track.stop()
    const devices = await navigator.mediaDevices.enumerateDevices()
    return devices
      .filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== 'default')
      .map(({ deviceId }) => deviceId)
  })
  const [first = '', second = ''] = speakers
  await page.evaluate((speakerId) => aftertone.settings.change({ speakerId }), first)
  await row(page, 'Carol').focus()
  await page.keyboard.press('Space')
  await expect.poll(() => playback(page)).toMatchObject({ playing: true, sinkId: first })
  await page.evaluate((speakerId) => aftertone.settings.change({ speakerId }), second)
  await expect.poll(() => playback(page)).toMatchObject({ playing: true, sinkId: second })
  // One that is not there leaves it to the system.
  await page.evaluate(() => aftertone.settings.change({ speakerId: 'unplugged' }))
  await expect.poll(() => playback(page)).toMatchObject({ playing: true, sinkId: '' })
})
