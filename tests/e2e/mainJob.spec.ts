import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type LaunchedApp, type TwoPeople, test } from '../support/app'
import { startDesktopBus } from '../support/desktopBus'
import { call, movingPictures, newestRow, offer, record, recorded, stopRecording } from '../support/journey'
import { probe } from '../support/media'

const sendTo = (app: LaunchedApp, name: string) => app.page.getByRole('button', { name: `Send to ${name}` })

/** Alice calls and Bob presses Decline: the quick way to the offer. */
async function callAndDecline({ alice, bob }: TwoPeople, media: 'Video' | 'Audio'): Promise<void> {
  await call(alice.page, 'Bob', media)
  await (await bob.panel()).getByRole('button', { name: 'Decline' }).click()
  await offer(alice.page, 'Bob', 10_000)
}

const messagesOf = (app: LaunchedApp) => path.join(app.folder, 'data/messages')

async function hashesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /\.(mp4|m4a)$/.test(name))
  return Promise.all(
    names.map(async (name) =>
      createHash('sha256')
        .update(await readFile(path.join(folder, name)))
        .digest('hex'),
    ),
  )
}

test('nobody answers: a video message is recorded, previewed, recorded again, sent, played and called back', async ({
  twoPeople,
}) => {
  const { alice, bob } = twoPeople
  test.setTimeout(150_000)
  const desktop = process.platform === 'linux' ? await startDesktopBus() : null
  try {
    await alice.page.evaluate(() => aftertone.settings.change({ ringSeconds: 20 }))
    await call(alice.page, 'Bob', 'Video')
    const panel = await bob.panel()
    await expect(panel.getByRole('button', { name: 'Accept' })).toBeVisible()
    await expect(panel.getByRole('button', { name: 'Accept' })).not.toBeFocused()
    await expect(alice.page.getByText('Ringing…').first()).toBeVisible()
    await offer(alice.page, 'Bob', 30_000)
    // The panel goes with the ring.
    await expect(panel.getByRole('button', { name: 'Accept' })).toBeHidden()

    await record(alice.page, 'Video', 1)
    await stopRecording(alice.page)
    // The preview plays exactly the file, and seeks.
    const preview = alice.page.locator('video')
    await expect(preview).toHaveAttribute('src', /^media:\/\/take\//)
    await alice.page.getByRole('slider', { name: 'Position' }).focus()
    await alice.page.keyboard.press('End')
    await expect
      .poll(() => preview.evaluate((video: HTMLVideoElement) => video.currentTime))
      .toBeGreaterThan(0.9)

    await alice.page.getByRole('button', { name: 'Retake' }).click()
    await alice.page.getByRole('button', { name: 'Record', exact: true }).click()
    await recorded(alice.page, 3)
    await stopRecording(alice.page)
    await sendTo(alice, 'Bob').click()
    await expect(alice.page.getByText('Delivered').first()).toBeVisible()

    await expect(newestRow(bob.page)).toHaveAccessibleName(/Video message, 0:0[34].*Not played yet/)
    const shown = () => desktop?.notifications.filter((notification) => !notification.closed) ?? []
    if (desktop) {
      await expect.poll(() => shown().length).toBe(1)
      expect(shown()[0]?.title).toContain('Alice')
    }
    expect(await hashesIn(messagesOf(bob))).toEqual(await hashesIn(messagesOf(alice)))

    await newestRow(bob.page).click()
    await bob.page.getByRole('button', { name: 'Play video message' }).click()
    await expect.poll(() => movingPictures(bob.page)).toBe(1)
    await expect(alice.page.getByText('Played').first()).toBeVisible()
    if (desktop) await expect.poll(() => shown().length).toBe(0)

    const [name = ''] = (await readdir(messagesOf(bob))).filter((file) => file.endsWith('.mp4'))
    const file = path.join(messagesOf(bob), name)
    const { streams, format } = await probe(file)
    expect(streams.map((stream) => stream.codec_name).sort()).toEqual(['aac', 'h264'])
    const told = await bob.page.evaluate(async () => {
      const { entries } = await aftertone.history.page({ filter: 'all', after: null, limit: 1 })
      const content = entries[0]?.messages[0]?.content
      return content && content.kind !== 'text' ? content.durationMs : 0
    })
    expect(Math.abs(Number(format.duration) * 1_000 - told)).toBeLessThanOrEqual(50)

    await bob.page.getByRole('button', { name: 'Call Back' }).click()
    await (await alice.panel()).getByRole('button', { name: 'Accept' }).click()
    await expect.poll(() => movingPictures(alice.page), { timeout: 20_000 }).toBe(2)
  } finally {
    desktop?.stop()
  }
})

test('an answered call is simply a call: picture and sound both ways, mute, camera off, no offer', async ({
  twoPeople: { alice, bob },
}) => {
  test.setTimeout(90_000)
  await call(alice.page, 'Bob', 'Video')
  await (await bob.panel()).getByRole('button', { name: 'Accept' }).click()
  for (const { page } of [alice, bob])
    await expect.poll(() => movingPictures(page), { timeout: 20_000 }).toBe(2)
  const stir = async () => {
    await alice.page.mouse.move(600, 300)
    await alice.page.mouse.move(640, 330)
  }
  await stir()
  await alice.page.getByRole('button', { name: 'Mute' }).click()
  await expect(bob.page.getByText('Alice has muted the microphone')).toBeVisible()
  await stir()
  await alice.page.getByRole('button', { name: 'Camera Off' }).click()
  await expect(bob.page.getByText('Alice’s camera is off')).toBeVisible()
  await stir()
  await alice.page.getByRole('button', { name: 'Hang Up' }).click()
  for (const { page } of [alice, bob]) {
    await expect(newestRow(page)).toHaveAccessibleName(/Video call, 0:\d\d/)
    await expect(page.getByRole('button', { name: 'Record Video' })).toBeHidden()
  }
})

test('an audio message after a declined audio call, and a note', async ({ twoPeople }) => {
  test.setTimeout(120_000)
  const { alice, bob } = twoPeople
  await callAndDecline(twoPeople, 'Audio')
  await record(alice.page, 'Audio', 2)
  await stopRecording(alice.page)
  await sendTo(alice, 'Bob').click()
  await expect(newestRow(bob.page)).toHaveAccessibleName(/Audio message, 0:0[23].*Not played yet/)
  await newestRow(bob.page).click()
  await bob.page
    .getByRole('region', { name: 'Audio message from Alice' })
    .getByRole('button', { name: 'Play' })
    .click()
  await expect(alice.page.getByText('Played').first()).toBeVisible()

  await callAndDecline(twoPeople, 'Audio')
  await alice.page.getByRole('button', { name: 'Write a Note' }).click()
  await alice.page
    .getByLabel('Note', { exact: true })
    .fill('The key is under the mat.\nhttps://example.org/42')
  await alice.page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(newestRow(bob.page)).toHaveAccessibleName(/Note: The key is under the mat/)
  await newestRow(bob.page).click()
  const note = bob.page.getByRole('region', { name: 'Note from Alice' })
  await expect(note).toContainText('https://example.org/42')
  await bob.page.getByRole('button', { name: 'Copy' }).click()
  expect(await bob.app.evaluate(({ clipboard }) => clipboard.readText())).toContain('under the mat')
})

test('the offer keeps to what Bob takes, and closing it sends nothing', async ({ twoPeople }) => {
  const { alice, bob } = twoPeople
  await bob.page.evaluate(() =>
    aftertone.settings.change({
      acceptVideoSeconds: 0,
      acceptNotes: false,
      note: 'In a meeting until 15:00',
    }),
  )
  await callAndDecline(twoPeople, 'Video')
  await expect(alice.page.getByText('In a meeting until 15:00')).toBeVisible()
  await expect(alice.page.getByText('Bob takes audio messages only.')).toBeVisible()
  await expect(alice.page.getByRole('button', { name: 'Record Audio' })).toBeVisible()
  await expect(alice.page.getByRole('button', { name: 'Record Video' })).toBeHidden()
  await expect(alice.page.getByRole('button', { name: 'Write a Note' })).toBeHidden()
  await alice.page.keyboard.press('Escape')
  await expect(alice.page.getByRole('button', { name: 'Record Audio' })).toBeHidden()
  const { entries } = await bob.page.evaluate(() =>
    aftertone.history.page({ filter: 'all', after: null, limit: 9 }),
  )
  expect(entries).toHaveLength(1)
  expect(entries[0]?.messages).toEqual([])
})
