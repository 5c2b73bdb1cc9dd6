import { addByInvite, expect, type LaunchedApp, test } from '../support/app'
import { call, newestRow, offer, seeRequest } from '../support/journey'
import { openSection, tabTo } from '../support/keys'

type Page = LaunchedApp['page']

async function press(page: Page, role: 'button' | 'radio' | 'switch', name: string | RegExp): Promise<void> {
  await tabTo(page, role, name)
  await page.keyboard.press(role === 'button' ? 'Enter' : 'Space')
}

/** Carol has Bob's invite; Bob does not know her. */
async function carolKnowsBob(carol: LaunchedApp, bob: LaunchedApp): Promise<void> {
  const bobAtCarol = await addByInvite(carol, bob)
  await expect
    .poll(
      () =>
        carol.page.evaluate(
          async (personId) => (await aftertone.people.find({ personId }))?.person.reachable,
          bobAtCarol,
        ),
      { timeout: 20_000 },
    )
    .toBe(true)
}

async function leaveNote(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Write a Note' }).click()
  await page.getByLabel('Note', { exact: true }).fill(text)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

test('a stranger’s call is silenced and her note waits in the tray; accepted by keys, it arrives', async ({
  twoPeople: { bob },
  launch,
}) => {
  test.setTimeout(120_000)
  const carol = await launch({ person: 'Carol', colour: 'green' })
  await openSection(bob.page, 'People')
  await press(bob.page, 'switch', 'Silence unknown callers')
  await expect(bob.page.getByRole('switch', { name: 'Silence unknown callers' })).toBeChecked()
  await bob.page.keyboard.press('Escape')

  await carolKnowsBob(carol, bob)
  await call(carol.page, 'Bob', 'Video')
  await offer(carol.page, 'Bob', 10_000)
  await leaveNote(carol.page, 'Hi Bob,\nit is Carol from the choir')

  await press(bob.page, 'button', /^Requests/)
  const card = bob.page.getByRole('listitem', { name: 'Request from Carol' })
  await expect(card.getByText('“Hi Bob, it is Carol from the choir”')).toBeVisible({ timeout: 20_000 })
  await expect(card.getByRole('heading', { name: 'Carol added you.' })).toBeVisible()
  expect(await bob.page.evaluate(() => aftertone.history.unseen())).toMatchObject({ messages: 0 })
  await expect(carol.page.getByText('Waiting for Bob').first()).toBeVisible()

  await press(bob.page, 'button', 'Accept Carol')
  await expect(bob.page.getByRole('heading', { name: 'Carol', exact: true })).toBeVisible()
  await expect(bob.page.getByRole('button', { name: /^Requests/ })).toBeHidden()
  await expect(newestRow(bob.page)).toHaveAccessibleName(/Carol.*Hi Bob/)
  await expect(carol.page.getByText('Delivered').first()).toBeVisible()
})

test('blocked from the tray by keys she hears what everybody hears, and is let in again from the list', async ({
  launch,
}) => {
  test.setTimeout(120_000)
  const [bob, carol] = await Promise.all([
    launch({ person: 'Bob', colour: 'blue' }),
    launch({ person: 'Carol', colour: 'green' }),
  ])
  await carolKnowsBob(carol, bob)
  await seeRequest(bob.page, 'Carol')
  await press(bob.page, 'button', 'Block Carol')
  await expect(bob.page.getByText('Nobody asks anything of you.')).toBeVisible()
  // The button is gone; the keyboard goes on from the heading.
  await expect(bob.page.getByRole('heading', { name: 'Requests' })).toBeFocused()

  await call(carol.page, 'Bob', 'Video')
  await offer(carol.page, 'Bob', 10_000)
  await expect(carol.page.getByText('Nobody answered.')).toBeVisible()
  await expect(carol.page.getByRole('button', { name: 'Record Video' })).toBeVisible()
  await carol.page.keyboard.press('Escape')
  await expect(bob.page.locator('[data-row]')).toHaveCount(0)

  await openSection(bob.page, 'People')
  await press(bob.page, 'button', 'Unblock Carol')
  await expect(bob.page.getByText('You have blocked nobody.')).toBeVisible()
  await bob.page.keyboard.press('Escape')
  await call(carol.page, 'Bob', 'Video')
  await expect((await bob.panel()).getByRole('button', { name: 'Accept' })).toBeVisible()
})

test('not available, by keys: nobody rings, callers read why, and the call is in the history', async ({
  twoPeople: { alice, bob },
}) => {
  test.setTimeout(120_000)
  const { page } = bob
  await press(page, 'button', /^Bob/)
  await tabTo(page, 'radio', /^Available/)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: 'Not available' })).toBeChecked()
  const until = await tabTo(page, 'combobox', 'Until')
  await page.keyboard.type('In 1 hour')
  await expect(until.locator('option:checked')).toHaveText(/\d:\d\d/)
  await tabTo(page, 'textbox', 'What your people see')
  await page.keyboard.type('In a meeting')
  await press(page, 'button', 'Done')
  await expect(page.getByRole('button', { name: /Not available until .*\d:\d\d/ })).toBeFocused()

  await call(alice.page, 'Bob', 'Video')
  await offer(alice.page, 'Bob', 10_000)
  await expect(alice.page.getByText('“In a meeting”')).toBeVisible()
  await leaveNote(alice.page, 'Call me after it')
  await expect(newestRow(page)).toHaveAccessibleName(/Alice.*Call me after it/)

  await press(page, 'button', /^Bob/)
  await tabTo(page, 'radio', 'Not available')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^Bob.*Ready for calls/ })).toBeVisible()
  await call(alice.page, 'Bob', 'Audio')
  await expect((await bob.panel()).getByRole('button', { name: 'Accept' })).toBeVisible()
})
