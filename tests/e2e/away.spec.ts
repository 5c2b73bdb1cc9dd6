import { expect, test } from '../support/app'
import { call, newestRow, offer, record, recorded, seeRequest, stopRecording } from '../support/journey'

test('Bob is away: the message and the missed call wait, also through a restart, and arrive when he is back', async ({
  twoPeople: { alice, bob },
  launch,
}) => {
  test.setTimeout(150_000)
  await bob.close()
  await call(alice.page, 'Bob', 'Video')
  await offer(alice.page, 'Bob', 20_000)
  await record(alice.page, 'Video', 1)
  await stopRecording(alice.page)
  await alice.page.getByRole('button', { name: 'Send to Bob' }).click()
  await expect(newestRow(alice.page)).toHaveAccessibleName(/Waiting for Bob/)
  // A second call that Bob never hears of while he is away.
  await call(alice.page, 'Bob', 'Audio')
  await offer(alice.page, 'Bob', 20_000)
  await alice.page.keyboard.press('Escape')

  await alice.close()
  const aliceAgain = await launch({ folder: alice.folder, colour: 'red' })
  await expect(aliceAgain.page.getByText('Waiting for Bob').first()).toBeVisible()
  const bobAgain = await launch({ folder: bob.folder, colour: 'blue' })
  await expect(bobAgain.page.locator('[data-row]')).toHaveCount(2, { timeout: 30_000 })
  await expect(newestRow(bobAgain.page)).toHaveAccessibleName(/Missed audio call while you were away/)
  await expect(bobAgain.page.locator('[data-row]').nth(1)).toHaveAccessibleName(/Video message, 0:0[12]/)
  await expect(aliceAgain.page.getByText('Delivered').first()).toBeVisible()
})

test('a kill while recording loses nothing: the take is there at the next start, plays and is sent', async ({
  twoPeople: { alice, bob },
  launch,
}) => {
  test.setTimeout(150_000)
  await call(alice.page, 'Bob', 'Video')
  await (await bob.panel()).getByRole('button', { name: 'Decline' }).click()
  await offer(alice.page, 'Bob', 10_000)
  await alice.page.getByRole('button', { name: 'Record Video' }).click()
  await recorded(alice.page, 4)
  await alice.kill()

  const { page } = await launch({ folder: alice.folder, colour: 'red' })
  await expect(page.getByText(/Unsent message to Bob, 0:0[345]/)).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  const played = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime)
  await expect.poll(played).toBeGreaterThan(1)
  await page.getByRole('button', { name: 'Send to Bob' }).click()
  await expect(newestRow(bob.page)).toHaveAccessibleName(/Video message, 0:0[345].*Not played yet/, {
    timeout: 20_000,
  })
})

test('an invite link brings two together, and a link with a bad key is refused in words', async ({
  launch,
}) => {
  const [carol, dave] = await Promise.all([
    launch({ person: 'Carol' }),
    launch({ person: 'Dave', colour: 'blue' }),
  ])
  const { link } = await dave.page.evaluate(() => aftertone.people.invite())
  await carol.page.getByRole('button', { name: 'New Call' }).click()
  const field = carol.page.getByLabel('Their invite link')
  const add = carol.page.getByRole('button', { name: 'Add', exact: true }).last()
  await field.fill(link.replace(/key=.{5}/, 'key=00000'))
  await add.click()
  await expect(carol.page.getByText('The key in this link isn’t right.')).toBeVisible()
  await field.fill('https://example.org')
  await add.click()
  await expect(carol.page.getByText('This isn’t an Aftertone invite link.')).toBeVisible()
  await field.fill(link)
  await add.click()
  // The link opens Dave's page, where both compare.
  await expect(carol.page.getByRole('heading', { name: 'Dave' })).toBeVisible()
  // The same number on both screens.
  await seeRequest(dave.page, 'Carol')
  const numberOf = (page: typeof carol.page, pattern: RegExp) =>
    page.evaluate((source) => new RegExp(source).exec(document.body.innerText)?.[1], pattern.source)
  const daves = await numberOf(dave.page, /shows (\d{3}\s\d{3}) too/)
  await expect(carol.page.getByText('Both screens must show')).toBeVisible()
  expect(await numberOf(carol.page, /must show (\d{3}\s\d{3})/)).toBe(daves)
})
