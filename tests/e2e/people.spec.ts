import { readFileSync, writeFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect, type LaunchedApp, test } from '../support/app'

/** Everything here is done by keys alone. */
async function goTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${target}`)
}

async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  const button = page.getByRole('button', { name, exact: typeof name === 'string' })
  await expect(button).toBeEnabled()
  await goTo(page, button)
  await page.keyboard.press(key)
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await goTo(page, page.getByLabel(label))
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

/** Answers the system's dialogs with this file, as a person would who picks it. */
const pick = ({ app }: LaunchedApp, file: string) =>
  app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
  }, file)

const card = (name: string, ...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, ...lines, 'END:VCARD', ''].join('\r\n')
const jabber = (address: string) => `X-JABBER:${address}`

const names = (page: Page) => page.getByRole('list', { name: 'Your people' }).locator('.person-line-name')
const key = (letter: string) => `${letter.repeat(51)}a`

test('contacts come from a file, are found, changed, removed and written into a file', async ({
  launch,
}, info) => {
  const alice = await launch({ person: 'Alice' })
  const { page } = alice
  const many = Array.from({ length: 300 }, (_, index) =>
    card(`Person ${index}`, jabber(`p${index}@example.org`)),
  )
  const file = info.outputPath('contacts.vcf')
  writeFileSync(
    file,
    [
      card('Zoë Ruiz', jabber('zoe@example.org'), `IMPP:aftertone:add?key=${key('z')}`),
      card('نور الدين 🎣', jabber('nur@example.org')),
      card('Only Mail', 'EMAIL:mail@example.org'),
      ...many,
    ].join(''),
  )
  await pick(alice, file)
  await press(page, 'Import…')
  const report = page.getByRole('dialog', { name: 'Import finished' })
  await expect(report.getByText('302 people were added.')).toBeVisible()
  await expect(report.getByText('1 of 303 people has no address that Aftertone can call.')).toBeVisible()
  await press(page, 'OK')
  await expect(page.getByText('302 people', { exact: true })).toBeVisible()

  // Only those in sight exist; the end is a key away, and what is not loaded yet follows.
  await goTo(page, page.getByRole('button', { name: /^Person 0/ }))
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('button', { name: /^Person 1 / })).toBeFocused()
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(names(page).last()).toHaveText('نور الدين 🎣', { timeout: 500 })
  }).toPass()
  expect(await names(page).count()).toBeLessThan(60)
  await page.keyboard.press('Home')
  await expect(page.getByRole('button', { name: /^Person 0/ })).toBeFocused()

  await type(page, 'Search people', 'RUIZ zo')
  await expect(names(page)).toHaveText(['Zoë Ruiz'])
  await type(page, 'Search people', '"*')
  await expect(page.getByText('Nobody has a name like this.')).toBeVisible()
  await type(page, 'Search people', 'zoe')
  await press(page, /^Zoë Ruiz/)
  await expect(page.getByRole('heading', { name: 'Zoë Ruiz' })).toBeVisible()
  await expect(page.getByText('zoe@example.org')).toBeVisible()

  await press(page, 'Edit Name')
  await type(page, 'Name', 'Zoë R.')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Zoë R.' })).toBeVisible()

  await type(page, 'Add another address', 'p7@example.org')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Person 7 has this address already.')).toBeVisible()
  await type(page, 'Add another address', 'zoe@home.example')
  await page.keyboard.press('Enter')
  await expect(page.getByText('zoe@home.example')).toBeVisible()
  await press(page, 'Remove address zoe@example.org')
  await expect(page.getByText('zoe@example.org')).toBeHidden()

  const copy = info.outputPath('copy.vcf')
  await pick(alice, copy)
  await page.keyboard.press('Control+n')
  await press(page, 'Clear')
  await press(page, 'Export…')
  await expect(page.getByText('302 people were saved to “copy.vcf”.')).toBeVisible()
  expect(readFileSync(copy, 'utf8')).toContain('FN:Zoë R.\r\n')

  await type(page, 'Search people', 'zo')
  await press(page, /^Zoë R\./)
  await press(page, 'Remove')
  const removal = page.getByRole('dialog', { name: 'Remove Zoë R.?' })
  await expect(removal).toBeVisible()
  await goTo(page, removal.getByRole('button', { name: 'Remove' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('Zoë R. was removed from your people.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add to Your People' })).toBeVisible()
})

test('an import can be taken back, and a file that is none is refused in words', async ({ launch }, info) => {
  const alice = await launch({ person: 'Alice' })
  const { page } = alice
  const file = info.outputPath('contacts.vcf')
  writeFileSync(file, 'Dear diary, no contacts today.')
  await pick(alice, file)
  await press(page, 'Import…')
  await expect(page.getByText('This isn’t a file of contacts.')).toBeVisible()
  writeFileSync(file, card('Ana', jabber('ana@example.org')))
  await press(page, 'Import…')
  await expect(page.getByText('1 person was added.')).toBeVisible()
  await press(page, 'Undo Import')
  await expect(page.getByText('The import was taken back.')).toBeVisible()
  await expect(names(page)).toHaveCount(0)
})

test('the invite is a QR code too, dark on light in both looks', async ({ launch }) => {
  const { page } = await launch({ person: 'Alice' })
  await page.evaluate(() => aftertone.settings.change({ look: 'dark' }))
  await press(page, 'QR Code')
  const code = page.getByRole('img', { name: 'QR code of your invite link' })
  await expect(code).toBeVisible()
  await expect(code.locator('rect')).toHaveCSS('fill', 'rgb(255, 255, 255)')
  await expect(code.locator('path')).toHaveCSS('fill', 'rgb(0, 0, 0)')
  await page.keyboard.press('Escape')
  await expect(code).toBeHidden()
  await expect(page.getByRole('button', { name: 'QR Code' })).toBeFocused()
})
