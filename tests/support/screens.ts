import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { addByInvite, introduce, type LaunchedApp } from './app'
import {
  addBack,
  call,
  finishWelcome,
  introduceOneself,
  offer,
  recorded,
  seeRequest,
  stopRecording,
} from './journey'

/** One screen as somebody sees it now; `page` is the main window's or the panel's. */
export type Screen = { name: string; owner: LaunchedApp; page: Page }
export type Visit = (screen: Screen) => Promise<void>

type Walk = { alice: LaunchedApp; bob: LaunchedApp; visit: Visit }

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

/** Shows every screen to `visit`, in the order in which two people come by them. Both apps start as new. */
export async function walkScreens(walk: Walk): Promise<void> {
  await firstRun(walk)
  await meeting(walk)
  await contacts(walk)
  await noteAfterCall(walk)
  await videoAfterCall(walk)
  await audioAfterCall(walk)
  await messages(walk)
  await answeredCall(walk)
  await missedCalls(walk)
  await settings(walk)
}

async function firstRun({ alice, bob, visit }: Walk): Promise<void> {
  const { page } = alice
  const see = (name: string) => visit({ name, owner: alice, page })
  await expect(page.getByLabel('Your name')).toBeVisible()
  await see('welcome')
  await introduceOneself(page, 'Alice')
  await see('welcome devices')
  await button(page, 'Continue').click()
  await see('welcome people')
  await finishWelcome(page)
  await see('empty history')
  await page.evaluate(() => aftertone.settings.change({ ringSeconds: 90, countdownSeconds: 10 }))
  await introduce(bob, 'Bob')
}

async function meeting({ alice, bob, visit }: Walk): Promise<void> {
  await addByInvite(alice, bob)
  await seeRequest(bob.page, 'Alice')
  await visit({ name: 'contact request', owner: bob, page: bob.page })
  await addBack(bob.page, 'Alice')
  const { page } = alice
  await button(page, 'New Call').click()
  const name = page.getByRole('region', { name: 'People nearby' }).getByRole('button', { name: /^Bob/ })
  await expect(name).toBeVisible({ timeout: 20_000 })
  await visit({ name: 'people', owner: alice, page })
  await name.click()
  await visit({ name: 'person', owner: alice, page })
}

const CARDS = `BEGIN:VCARD
VERSION:3.0
FN:Zoë Ruiz
X-JABBER:zoe@example.org
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Only Mail
EMAIL:mail@example.org
END:VCARD
`

async function contacts({ alice, visit }: Walk): Promise<void> {
  const { app, page, folder } = alice
  const see = (name: string) => visit({ name, owner: alice, page })
  await button(page, 'Edit Name').click()
  await see('name dialog')
  await page.keyboard.press('Escape')
  await button(page, 'Remove').click()
  await see('removal dialog')
  await page.keyboard.press('Escape')

  await toPeople(page)
  const file = path.join(folder, 'cards.vcf')
  writeFileSync(file, CARDS)
  await app.evaluate(({ dialog }, picked) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [picked] })
  }, file)
  await button(page, 'Import…').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await see('import report')
  await page.keyboard.press('Escape')
  await see('contacts')
  await button(page, 'QR Code').click()
  await see('QR code')
  await page.keyboard.press('Escape')
}

async function settings({ bob, visit }: Walk): Promise<void> {
  const { page } = bob
  const see = (name: string) => visit({ name, owner: bob, page })
  await toHistory(page)
  await button(page, /^Bob/).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await see('availability')
  await page.getByRole('radio', { name: 'Not available' }).click()
  await see('not available')
  await page.keyboard.press('Escape')
  await button(page, 'Settings').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  for (const section of await page.getByRole('tab').all()) {
    await section.click()
    await see(`settings ${await section.textContent()}`)
  }
  await page.keyboard.press('Escape')
}

/** Last but for the settings: one of them ends with the other. */
async function missedCalls({ alice, bob, visit }: Walk): Promise<void> {
  const { page } = bob
  const see = (name: string) => visit({ name, owner: bob, page })
  for (let n = 0; n < 3; n++) {
    await toHistory(alice.page)
    await call(alice.page, 'Bob', 'Audio')
    await expect(button(await bob.panel(), 'Decline')).toBeVisible()
    await button(alice.page, 'Hang Up').click()
    await expect(button(alice.page, 'Hang Up')).toBeHidden()
  }
  await toHistory(page)
  await see('missed calls')
  await page.locator('[data-row]').first().focus()
  await page.keyboard.press('Control+a')
  await see('picked calls')
  await page.keyboard.press('Escape')
  const search = page.getByRole('textbox', { name: 'Search calls and messages' })
  await search.fill('nobody')
  await expect(page.getByText('Nothing found')).toBeVisible()
  await see('nothing found')
  await search.fill('')
  await expect(page.locator('[data-row]').first()).toBeVisible()
  await page.locator('[data-row]').last().focus()
  await page.keyboard.press('Delete')
  await shown(page, 'Undo')
  await see('deleted call')
  await button(page, 'Undo').click()

  await toPeople(page)
  await page
    .getByRole('region', { name: 'People nearby' })
    .getByRole('button', { name: /^Alice/ })
    .click()
  await button(page, 'Block Alice').click()
  await see('blocked person')
}

async function decline({ alice, bob }: Walk): Promise<void> {
  await button(await bob.panel(), 'Decline').click()
  await offer(alice.page, 'Bob', 10_000)
}

async function noteAfterCall(walk: Walk): Promise<void> {
  const { alice, bob, visit } = walk
  const { page } = alice
  await toHistory(page)
  await call(page, 'Bob', 'Video')
  await shown(page, 'Ringing…')
  await visit({ name: 'calling', owner: alice, page })
  await visit({ name: 'ringing panel', owner: bob, page: await bob.panel() })
  await decline(walk)
  await visit({ name: 'offer', owner: alice, page })
  await button(page, 'Write a Note').click()
  await page.getByLabel('Note', { exact: true }).fill('The key is under the mat. https://example.org/42')
  await visit({ name: 'note editor', owner: alice, page })
  await button(page, 'Send').click()
  await shown(page, 'Delivered')
  await visit({ name: 'sent note', owner: alice, page })
}

async function videoAfterCall(walk: Walk): Promise<void> {
  const { alice, visit } = walk
  const { page } = alice
  const see = (name: string) => visit({ name, owner: alice, page })
  await toHistory(page)
  await call(page, 'Bob', 'Video')
  await decline(walk)
  await button(page, 'Record Video').click()
  await expect(button(page, 'Skip')).toBeVisible()
  await see('countdown')
  // It may be over by now.
  await Promise.race([button(page, 'Skip').click(), recorded(page, 1)])
  await recorded(page, 1)
  await see('recording')
  await button(page, 'Pause').click()
  await see('paused recording')
  await stopRecording(page)
  await see('preview')
  await page.keyboard.press('Escape')
  await see('discard dialog')
  await button(page, 'Keep for Later').click()
  await toHistory(page)
  await see('unsent message')
  await page.getByRole('list', { name: 'Unsent messages' }).getByRole('button', { name: 'Send' }).click()
  await shown(page, 'Delivered')
}

async function audioAfterCall(walk: Walk): Promise<void> {
  const { alice, visit } = walk
  const { page } = alice
  await page.evaluate(() => aftertone.settings.change({ countdownSeconds: 0 }))
  await toHistory(page)
  await call(page, 'Bob', 'Audio')
  await decline(walk)
  await button(page, 'Record Audio').click()
  await recorded(page, 1)
  await visit({ name: 'recording sound', owner: alice, page })
  await stopRecording(page)
  await visit({ name: 'preview of sound', owner: alice, page })
  await button(page, 'Send to Bob').click()
  await shown(page, 'Delivered')
}

async function messages({ bob, visit }: Walk): Promise<void> {
  const { page } = bob
  const see = (name: string) => visit({ name, owner: bob, page })
  const row = (name: RegExp) => page.locator('[data-row]').and(page.getByRole('button', { name }))
  await toHistory(page)
  await expect(row(/Audio message/)).toBeVisible()
  await see('history')
  await row(/Audio message/).click()
  await see('audio message')
  await toHistory(page)
  await row(/Note/).click()
  await see('note')
  await toHistory(page)
  await row(/Video message/).click()
  await see('video message')
  await button(page, 'Play video message').click()
  await see('playing video message')
  await toHistory(page)
}

/** In the history or on the stage: a narrow window shows one of the two. */
const shown = (page: Page, words: string) =>
  expect(page.getByText(words).filter({ visible: true }).first()).toBeVisible()

async function toPeople(page: Page): Promise<void> {
  await toHistory(page)
  await button(page, 'New Call').click()
}

/** A wide window shows both, and so has no Back. */
async function toHistory(page: Page): Promise<void> {
  const back = button(page, 'Back')
  if (await back.isVisible()) await back.click()
}

async function answeredCall({ alice, bob, visit }: Walk): Promise<void> {
  await toHistory(alice.page)
  await call(alice.page, 'Bob', 'Video')
  await button(await bob.panel(), 'Accept').click()
  const hangUp = button(alice.page, 'Hang Up')
  await expect(alice.page.getByRole('timer')).toBeVisible({ timeout: 20_000 })
  await visit({ name: 'in call', owner: alice, page: alice.page })
  await alice.page.mouse.move(300, 200)
  await hangUp.click()
  await expect(hangUp).toBeHidden()
}
