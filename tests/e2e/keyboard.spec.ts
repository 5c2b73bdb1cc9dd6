import { expect, test } from '../support/app'
import { newestRow, offer, recorded } from '../support/journey'
import { tabTo } from '../support/keys'

test('a call, the message that answers it, and the call back: by keys alone', async ({
  twoPeople: { alice, bob },
}) => {
  test.setTimeout(120_000)
  const ringing = async (name: string) => {
    const { page } = name === 'Alice' ? bob : alice
    await expect(page.getByText('Ringing…').first()).toBeVisible()
    return page.keyboard
  }
  const { keyboard } = alice.page

  await keyboard.press('Control+n')
  await tabTo(alice.page, 'button', 'Video call Bob')
  await keyboard.press('Enter')
  await (await ringing('Alice')).press('Control+Shift+D')

  // Return takes the first choice: a video.
  await offer(alice.page, 'Bob', 10_000)
  await expect(alice.page.getByRole('button', { name: 'Record Video' })).toBeFocused()
  await keyboard.press('Enter')
  await recorded(alice.page, 1)
  await keyboard.press('p')
  await expect(alice.page.getByText('Paused')).toBeVisible()
  await keyboard.press('p')
  await recorded(alice.page, 2)
  // Return sends only what was seen.
  await keyboard.press('Enter')
  await expect(alice.page.getByRole('timer')).toBeVisible()
  await keyboard.press('Escape')
  const preview = alice.page.getByRole('region', { name: 'Your message to Bob' })
  await expect(preview).toBeFocused()
  await keyboard.press('Escape')
  await expect(alice.page.getByRole('dialog', { name: 'Discard this message?' })).toBeVisible()
  await keyboard.press('Escape')
  await expect(preview).toBeVisible()
  await tabTo(alice.page, 'button', 'Retake')
  await keyboard.press('Enter')
  await expect(alice.page.getByRole('button', { name: 'Record', exact: true })).toBeEnabled()
  await keyboard.press('r')
  await recorded(alice.page, 1)
  await keyboard.press('r')
  await expect(preview).toBeFocused()
  await expect(alice.page.getByRole('button', { name: 'Send to Bob' })).toBeEnabled()
  await keyboard.press('Enter')
  await expect(newestRow(alice.page)).toHaveAccessibleName(/Delivered/)

  await expect(newestRow(bob.page)).toHaveAccessibleName(/Video message.*Not played yet/)
  await tabTo(bob.page, 'button', /^Alice Video message/)
  await bob.page.keyboard.press('Space')
  await expect(newestRow(alice.page)).toHaveAccessibleName(/Played/)
  await bob.page.keyboard.press('Shift+C')
  await (await ringing('Bob')).press('Control+Shift+A')
  await expect(alice.page.getByRole('timer')).toBeVisible({ timeout: 20_000 })
  await tabTo(alice.page, 'button', 'Mute')
  await keyboard.press('Enter')
  await expect(bob.page.getByText('Alice has muted the microphone')).toBeVisible()
  await tabTo(alice.page, 'button', 'Hang Up')
  await keyboard.press('Enter')
  await expect(newestRow(alice.page)).toHaveAccessibleName(/Audio call, 0:/)
})

test('a note is written, sent and left again by keys alone, in a narrow window', async ({
  twoPeople: { alice, bob },
}) => {
  const { app, page } = alice
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.getTitle() === 'Aftertone')
      ?.setContentSize(720, 520),
  )
  await page.keyboard.press('Control+n')
  await tabTo(page, 'button', 'Audio call Bob')
  await page.keyboard.press('Enter')
  await expect(bob.page.getByText('Ringing…').first()).toBeVisible()
  await bob.page.keyboard.press('Control+Shift+D')
  await offer(page, 'Bob', 10_000)
  await tabTo(page, 'button', 'Write a Note')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Note', { exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await tabTo(page, 'button', 'Write a Note')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Back at five. Call me?')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('region', { name: 'Note from you' })).toBeVisible()
  await tabTo(page, 'button', 'Back')
  await page.keyboard.press('Enter')
  await expect(newestRow(page)).toBeVisible()
  await tabTo(page, 'button', /^Bob/)
})
