import { expect, type Locator, type Page } from '@playwright/test'

/** By keys alone, as the whole sheet must work: opens it and walks down to a section. */
export async function openSection(page: Page, section: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'New Call' })).toBeVisible()
  await page.keyboard.press('Control+,')
  const tabs = page.getByRole('tab')
  await expect(tabs.first()).toBeVisible()
  await tabs.first().focus()
  for (let step = 0; step < 12; step++) {
    if ((await page.getByRole('tab', { selected: true }).textContent()) === section) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`no section ${section}`)
}

/** Tab, until the first of this name has the focus. */
export async function tabTo(
  page: Page,
  role: 'combobox' | 'switch' | 'button' | 'textbox' | 'radio',
  name: string | RegExp,
): Promise<Locator> {
  const wanted = page.getByRole(role, { name }).first()
  await expect(wanted).toBeVisible()
  for (let step = 0; step < 40; step++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return wanted
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never comes to ${name}`)
}
