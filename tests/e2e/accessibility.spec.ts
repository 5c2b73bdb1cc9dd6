import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { test as base, expect, type LaunchedApp } from '../support/app'
import { cutOff } from '../support/cutOff'
import { type Screen, walkScreens } from '../support/screens'

const SIZES = { wide: [1000, 680], narrow: [720, 520] } as const
type Size = keyof typeof SIZES
type Look = 'light' | 'dark'

type TwoNewcomers = { alice: LaunchedApp; bob: LaunchedApp; pages: Page[] }

/** Two who start as new, without motion: a colour on its way from one to another is neither. */
const test = base.extend<{ newcomers: TwoNewcomers }>({
  newcomers: async ({ launch }, use) => {
    const [alice, bob] = await Promise.all([launch({ colour: 'red' }), launch({ colour: 'blue' })])
    const pages = [alice.page, bob.page, await bob.panel()]
    for (const page of pages) await page.emulateMedia({ reducedMotion: 'reduce' })
    await use({ alice, bob, pages })
  },
})

async function resize({ app, page }: LaunchedApp, size: Size): Promise<void> {
  const [width, height] = SIZES[size]
  await app.evaluate(
    ({ BrowserWindow }, [wide, high]) => {
      const window = BrowserWindow.getAllWindows().find((each) => each.getTitle() === 'Aftertone')
      window?.setContentSize(wide, high)
    },
    [width, height] as const,
  )
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height])
}

/** The panel has but one size. Ends narrow, where the way from the stage to the history is seen to work. */
async function inEachSize({ owner, page }: Screen, check: (size: Size) => Promise<void>): Promise<void> {
  if (page !== owner.page) return check('narrow')
  for (const size of ['wide', 'narrow'] as const) {
    await resize(owner, size)
    await check(size)
  }
}

async function wear({ owner, page }: Screen, look: Look): Promise<void> {
  await owner.page.evaluate((wanted) => aftertone.settings.change({ look: wanted }), look)
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.look)).toBe(look)
}

/** What axe finds wrong, one line each, so that a failed test says it all. */
async function violations(page: Page, look: Look): Promise<string[]> {
  // Electron has no blank page to gather results of frames in; ours has no frames.
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  // A look is nothing but colours.
  if (look === 'dark') axe.withRules(['color-contrast', 'link-in-text-block'])
  const { violations: found } = await axe.analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`,
    ),
  )
}

/** As a person's own text size in the engine: media queries in em hear of it too, unlike of a style on the root. */
async function doubleText(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
  await page.reload()
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px')
}

test('axe finds nothing wrong on any screen, light and dark, wide and narrow', async ({ newcomers }) => {
  test.setTimeout(240_000)
  const found: string[] = []
  await walkScreens({
    ...newcomers,
    visit: (screen) =>
      inEachSize(screen, async (size) => {
        for (const look of ['light', 'dark'] as const) {
          await wear(screen, look)
          for (const violation of await violations(screen.page, look))
            found.push(`${screen.name}, ${size}, ${look}: ${violation}`)
        }
      }),
  })
  expect(found).toEqual([])
})

test('nothing is cut off at twice the text size, wide and narrow', async ({ newcomers }) => {
  test.setTimeout(240_000)
  for (const page of newcomers.pages) await doubleText(page)
  const found: string[] = []
  await walkScreens({
    ...newcomers,
    visit: (screen) =>
      inEachSize(screen, async (size) => {
        for (const words of await cutOff(screen.page)) found.push(`${screen.name}, ${size}: ${words}`)
      }),
  })
  expect(found).toEqual([])
})
