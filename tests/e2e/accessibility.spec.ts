import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, type LaunchedApp, test } from '../support/app'
import { type Screen, walkScreens } from '../support/screens'

const SIZES = { wide: [1000, 680], narrow: [720, 520] } as const
type Size = keyof typeof SIZES
type Look = 'light' | 'dark'

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

async function wear({ owner, page }: Screen, look: Look): Promise<void> {
  await owner.page.evaluate((wanted) => aftertone.settings.change({ look: wanted }), look)
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.look)).toBe(look)
}

/** What axe finds wrong, one line each, so that a failed test says it all. */
async function violations(page: Page): Promise<string[]> {
  // Electron has no blank page to gather results of frames in; ours has no frames.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`,
    ),
  )
}

test('axe finds nothing wrong on any screen, light and dark, wide and narrow', async ({ launch }) => {
  test.setTimeout(240_000)
  const [alice, bob] = await Promise.all([launch({ colour: 'red' }), launch({ colour: 'blue' })])
  const found: string[] = []
  // A colour on its way from one to another is neither.
  for (const page of [alice.page, bob.page, await bob.panel()])
    await page.emulateMedia({ reducedMotion: 'reduce' })
  await walkScreens({
    alice,
    bob,
    visit: async (screen) => {
      const isPanel = screen.page !== screen.owner.page
      for (const size of isPanel ? (['wide'] as const) : (['narrow', 'wide'] as const)) {
        if (!isPanel) await resize(screen.owner, size)
        for (const look of ['light', 'dark'] as const) {
          await wear(screen, look)
          for (const violation of await violations(screen.page))
            found.push(`${screen.name}, ${size}, ${look}: ${violation}`)
        }
      }
    },
  })
  expect(found).toEqual([])
})
