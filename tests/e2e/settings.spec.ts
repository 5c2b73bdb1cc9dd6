import { expect, type LaunchedApp, test } from '../support/app'
import { startDesktopBus } from '../support/desktopBus'
import { call, offer } from '../support/journey'
import { openSection, tabTo } from '../support/keys'
import { plantMessages } from '../support/plantMessages'

type Page = LaunchedApp['page']

/** Types the beginning of an option, as people choose in a menu without a mouse. */
async function choose(page: Page, name: string, option: string): Promise<void> {
  const menu = await tabTo(page, 'combobox', name)
  await page.keyboard.type(option)
  await expect(menu.locator('option:checked')).toHaveText(new RegExp(`^${option}`))
}

const settingsOf = (page: Page) => page.evaluate(() => aftertone.settings.get())

test('every setting is reached by keys, counts at once, and survives a restart', async ({ launch }) => {
  test.setTimeout(120_000)
  const bob = await launch({ person: 'Bob' })
  const { page, folder } = bob
  await openSection(page, 'General')
  await tabTo(page, 'textbox', 'Your name')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Robert')
  await page.keyboard.press('Enter')
  await choose(page, 'Look', 'Dark')
  await expect(page.locator('html')).toHaveAttribute('data-look', 'dark')
  await page.keyboard.press('Escape')

  await openSection(page, 'Calls')
  await choose(page, 'Calls ring for', '60')
  await choose(page, 'Countdown before recording', 'Off')
  await page.keyboard.press('Escape')

  await openSection(page, 'Messages')
  await choose(page, 'Video messages', 'Up to 30')
  await choose(page, 'Audio messages', 'Not')
  await tabTo(page, 'switch', 'Accept notes')
  await page.keyboard.press('Space')
  await tabTo(page, 'textbox', 'Note to callers')
  await page.keyboard.type('Back at five')
  // Closing the sheet keeps what was written.
  await page.keyboard.press('Escape')

  await openSection(page, 'Privacy')
  await choose(page, 'Notifications show', 'Name only')
  await tabTo(page, 'switch', /^Tell others when/)
  await page.keyboard.press('Space')
  await page.keyboard.press('Escape')

  await openSection(page, 'Storage')
  await choose(page, 'Keep messages', '30')
  await page.keyboard.press('Escape')

  const changed = {
    name: 'Robert',
    look: 'dark',
    ringSeconds: 60,
    countdownSeconds: 0,
    acceptVideoSeconds: 30,
    acceptAudioSeconds: 0,
    acceptNotes: false,
    note: 'Back at five',
    notificationPreview: 'name',
    playedReceipts: false,
    keepMessages: '30-days',
  }
  await expect.poll(() => settingsOf(page)).toMatchObject(changed)
  await expect(page.getByText('Robert')).toBeVisible()

  await bob.close()
  const again = await launch({ folder })
  expect(await settingsOf(again.page)).toMatchObject(changed)
  await expect(again.page.locator('html')).toHaveAttribute('data-look', 'dark')
})

test('a speaker is chosen and tried, and a device that is plugged in or out shows at once', async ({
  launch,
}) => {
  const { page } = await launch({ person: 'Bob' })
  await openSection(page, 'Devices')
  const speaker = page.getByRole('combobox', { name: 'Speaker' })
  const names = () => speaker.locator('option').allTextContents()
  await expect.poll(async () => (await names()).length).toBeGreaterThan(1)
  const second = (await names()).at(-1) ?? ''
  await choose(page, 'Speaker', second)
  await expect.poll(async () => (await settingsOf(page)).speakerId).not.toBe('')

  // A sound of our own making goes where it was chosen to.
  await page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const { setSinkId } = AudioContext.prototype as unknown as Record<string, (id: string) => Promise<void>>
    Object.assign(AudioContext.prototype, {
      setSinkId(id: string) {
        heard.push(id)
        return setSinkId?.call(this, id)
      },
    })
  })
  await tabTo(page, 'button', 'Play a Test Sound')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Stop the Test Sound' })).toBeFocused()
  const { speakerId } = await settingsOf(page)
  expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([speakerId])
  await expect(page.getByRole('button', { name: 'Play a Test Sound' })).toBeVisible()

  // Unplugged: the system's choice stands in, and the choice is kept for when it is back.
  await page.evaluate(() => {
    const { mediaDevices } = navigator
    const all = mediaDevices.enumerateDevices.bind(mediaDevices)
    const plug = (inserted: boolean) => {
      mediaDevices.enumerateDevices = async () =>
        (await all()).filter((device) => inserted || device.kind !== 'audiooutput')
      mediaDevices.dispatchEvent(new Event('devicechange'))
    }
    Object.assign(window, { plug })
    plug(false)
  })
  await expect.poll(names).toEqual(['System choice'])
  await page.evaluate(() => Reflect.get(window, 'plug')(true))
  await expect(speaker.locator('option:checked')).toHaveText(second)
  expect((await settingsOf(page)).speakerId).toBe(speakerId)
})

test('what a rule deletes is seen first; what is kept stays, the rest goes and its call says so', async ({
  launch,
}) => {
  const bob = await launch({ person: 'Bob' })
  await bob.close()
  const { folder } = bob
  const planted = plantMessages(folder, [
    { name: 'Alice', playedDaysAgo: 40 },
    { name: 'Carol', playedDaysAgo: 35 },
    { name: 'Dave', playedDaysAgo: 25 },
    { name: 'Erin', playedDaysAgo: null },
  ])
  const { page } = await launch({ folder })
  await openSection(page, 'Storage')
  await expect(page.getByText('4 recordings, 4 MB')).toBeVisible()
  await expect(page.getByText('Nothing in the next 7 days.')).toBeVisible()
  await choose(page, 'Keep messages', '30')
  const due = page.getByRole('region', { name: 'Will be deleted' })
  await expect(due.getByRole('listitem')).toHaveCount(3)
  await expect(due.getByRole('listitem').first()).toContainText(/Video message from Alice.*1 MB · due now/)
  await expect(due.getByRole('listitem').last()).toContainText(/from Dave.*deleted in 5 days/)

  await tabTo(page, 'button', 'Keep Video message from Carol')
  await page.keyboard.press('Enter')
  await expect(due.getByRole('listitem')).toHaveCount(2)
  await tabTo(page, 'button', 'Delete Now')
  await page.keyboard.press('Enter')
  const question = page.getByRole('dialog', { name: 'Delete what is due now?' })
  await question.getByRole('button', { name: 'Delete Now' }).focus()
  await page.keyboard.press('Enter')

  // Said over the open sheet.
  await expect(page.getByText('1 message deleted, 1 MB free again.')).toBeVisible()
  await expect(page.getByText('3 recordings, 3 MB')).toBeVisible()
  await expect(due.getByRole('listitem')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  expect(planted.files('Alice')).toEqual([])
  for (const name of ['Carol', 'Dave', 'Erin']) expect(planted.files(name)).toHaveLength(1)
  await expect(page.getByRole('button', { name: /^Alice.*Message removed/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Carol.*Kept/ })).toBeVisible()
})

test('a sentence about a failure is read and closed over the settings', async ({ launch }) => {
  const bob = await launch({ person: 'Bob' })
  const { page, app } = bob
  await openSection(page, 'General')
  // The bridge is cut, as by a bug in the main process.
  await app.evaluate(({ ipcMain }) => ipcMain.removeHandler('settings/change'))
  await tabTo(page, 'combobox', 'Look')
  await page.keyboard.type('Light')
  const notice = page.getByRole('alert').filter({ hasText: 'Something went wrong' })
  await expect(notice).toBeVisible()
  // In front of the sheet, not behind it.
  const onTop = await notice.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
  })
  expect(onTop).toBe(true)
  await notice.getByRole('button', { name: 'Close' }).focus()
  await page.keyboard.press('Enter')
  await expect(notice).toBeHidden()
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('one person may leave less than everybody, and a notification says as little as was chosen', async ({
  twoPeople: { alice, bob, aliceAtBob },
}) => {
  test.setTimeout(90_000)
  const desktop = process.platform === 'linux' ? await startDesktopBus() : null
  try {
    await bob.page.evaluate(() => aftertone.settings.change({ notificationPreview: 'nothing' }))
    await bob.page.getByRole('button', { name: 'New Call' }).focus()
    await bob.page.keyboard.press('Enter')
    await bob.page
      .getByRole('main')
      .getByRole('button', { name: /^Alice/ })
      .first()
      .focus()
    await bob.page.keyboard.press('Enter')
    await choose(bob.page, 'Video messages', 'Not accepted')
    await choose(bob.page, 'Notes', 'Not accepted')
    await expect
      .poll(() => bob.page.evaluate((personId) => aftertone.personSettings.get({ personId }), aliceAtBob))
      .toMatchObject({ acceptVideoSeconds: 0, acceptNotes: false })

    await call(alice.page, 'Bob', 'Video')
    await bob.panel()
    await expect(alice.page.getByText('Ringing…').first()).toBeVisible()
    await alice.page.getByRole('button', { name: 'Hang Up' }).click()
    if (desktop) {
      await expect
        .poll(() => desktop.notifications.map(({ title, body }) => `${title}: ${body}`))
        .toEqual(['Aftertone: Missed call'])
    }

    await call(alice.page, 'Bob', 'Video')
    await (await bob.panel()).getByRole('button', { name: 'Decline' }).click()
    await offer(alice.page, 'Bob', 10_000)
    await expect(alice.page.getByText('Bob takes audio messages only.')).toBeVisible()
    await expect(alice.page.getByRole('button', { name: 'Record Video' })).toBeHidden()
  } finally {
    desktop?.stop()
  }
})
