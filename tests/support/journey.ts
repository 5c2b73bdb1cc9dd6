import { expect, type Page } from '@playwright/test'

/** What people do in Aftertone, in their own words: shared by the demo and the end-to-end tests. */

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** The first run, up to the people nearby. */
export async function introduceOneself(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  await button(page, 'Continue').click()
  await expect(page.getByRole('heading', { name: 'Camera and microphone' })).toBeVisible()
}

export async function finishWelcome(page: Page): Promise<void> {
  await button(page, 'Start').click()
  await expect(button(page, 'New Call')).toBeVisible()
}

/** From the people nearby, in the welcome or under New Call. */
export async function addNearby(page: Page, name: string): Promise<void> {
  await button(page, `Add ${name}`).click()
  await expect(button(page, `Video call ${name}`)).toBeVisible()
}

/** Opens the tray of what strangers want, where somebody who added us is found. */
export async function seeRequest(page: Page, name: string): Promise<void> {
  await button(page, /^Requests/).click({ timeout: 20_000 })
  await expect(page.getByRole('heading', { name: `${name} added you.` })).toBeVisible()
}

/** From the tray; leads to their page. */
export async function addBack(page: Page, name: string): Promise<void> {
  await button(page, `Accept ${name}`).click()
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
}

export async function call(page: Page, name: string, media: 'Video' | 'Audio'): Promise<void> {
  await button(page, 'New Call').click()
  await page
    .getByRole('main')
    .getByRole('button', { name: `${media} call ${name}` })
    .first()
    .click()
}

/** Resolves when the same screen has turned into the offer. */
export async function offer(page: Page, name: string, timeout: number): Promise<void> {
  await expect(page.getByRole('heading', { name: `${name} isn’t available` })).toBeVisible({ timeout })
}

/** Presses Record and waits until that many seconds are recorded. */
export async function record(page: Page, media: 'Video' | 'Audio', seconds: number): Promise<void> {
  await button(page, `Record ${media}`).click()
  await recorded(page, seconds)
}

export async function recorded(page: Page, seconds: number): Promise<void> {
  await expect(page.getByText(`0:0${seconds} / `)).toBeVisible({ timeout: 20_000 })
}

/** Stops, and waits until the finished file plays in the preview. */
export async function stopRecording(page: Page): Promise<void> {
  await button(page, 'Stop').click()
  await expect(button(page, /^Send to /)).toBeEnabled()
}

/** The newest row of the history. */
export const newestRow = (page: Page) => page.locator('[data-row]').first()

/** Whether the page shows a moving picture of this size or more. */
export const pictureWidth = (page: Page, selector = 'video') =>
  page.evaluate((query) => document.querySelector<HTMLVideoElement>(query)?.videoWidth ?? 0, selector)

/** How many pictures of people move on the page: two in a video call. */
export const movingPictures = (page: Page) =>
  page.evaluate(
    () =>
      [...document.querySelectorAll('video')].filter((video) => video.videoWidth > 0 && video.currentTime > 1)
        .length,
  )
