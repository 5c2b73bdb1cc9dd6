import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { systemClock } from '../../main/clock'
import { openDatabase } from '../../main/database/openDatabase'
import { silentLog } from '../../main/log'
import { historyFilter } from '../../preload/contract/history'
import { fillHistory } from '../integration/history/historyRows'
import { test as base, expect, type LaunchedApp } from '../support/app'
import { LONGEST_BLOCK_MS, longestTasks } from '../support/blocking'

const COUNTS = { people: 300, calls: 100_000, messages: 5_000 }

/** One who has called for years. */
const test = base.extend<{ veteran: LaunchedApp }>({
  veteran: async ({ launch }, use, info) => {
    const folder = info.outputPath('veteran')
    mkdirSync(path.join(folder, 'data'), { recursive: true })
    const file = path.join(folder, 'data/aftertone.db')
    const database = openDatabase({ file, clock: systemClock, log: silentLog })
    if (!database.ok) throw new Error(database.failure.kind)
    fillHistory(database.value.db, COUNTS)
    database.value.close()
    await use(await launch({ person: 'Alice', folder }))
  },
})

const rows = ({ page }: LaunchedApp) => page.locator('[data-row]')
/** The lowest row of the list that exists, counted from 1. */
const lastPosition = ({ page }: LaunchedApp) =>
  page.evaluate(() =>
    Math.max(...[...document.querySelectorAll('[aria-posinset]')].map((row) => Number(row.ariaPosInSet))),
  )

test('the measure sees a page and a main process that block', async ({ launch }) => {
  const app = await launch({ person: 'Alice' })
  const inMain = await longestTasks(app, () =>
    app.app.evaluate((_electron, ms) => {
      const end = performance.now() + ms
      while (performance.now() < end);
    }, 200),
  )
  expect(inMain.main).toBeGreaterThan(LONGEST_BLOCK_MS)
  const inPage = await longestTasks(app, () =>
    app.page.evaluate((ms) => {
      const end = performance.now() + ms
      while (performance.now() < end);
    }, 200),
  )
  expect(inPage.page).toBeGreaterThan(LONGEST_BLOCK_MS)
})

test('100,000 calls scroll by keyboard and by wheel without a stop', async ({ veteran }) => {
  test.setTimeout(120_000)
  const { page } = veteran
  await expect(rows(veteran).first()).toBeVisible()
  const byKey = await longestTasks(veteran, async () => {
    await rows(veteran).first().focus()
    for (let n = 0; n < 200; n++) await page.keyboard.press('PageDown')
    expect(await lastPosition(veteran)).toBeGreaterThan(1_200)
    await page.keyboard.press('End')
    await expect(page.locator('[data-row]:focus')).toHaveAccessibleName(/2020/)
    for (let n = 0; n < 50; n++) await page.keyboard.press('PageUp')
    await page.keyboard.press('Home')
    await expect.poll(() => lastPosition(veteran)).toBeLessThan(100)
  })
  const byWheel = await longestTasks(veteran, async () => {
    await rows(veteran).first().hover()
    for (let n = 0; n < 250; n++) await page.mouse.wheel(0, 1_280)
    expect(await lastPosition(veteran)).toBeGreaterThan(2_000)
    for (let n = 0; n < 50; n++) await page.mouse.wheel(0, -6_400)
    await expect.poll(() => lastPosition(veteran)).toBeLessThan(100)
  })
  for (const { main, page: ofPage } of [byKey, byWheel]) {
    expect(main).toBeLessThanOrEqual(LONGEST_BLOCK_MS)
    expect(ofPage).toBeLessThanOrEqual(LONGEST_BLOCK_MS)
  }
})

test('choosing filters and searching 100,000 calls stops neither the page nor main', async ({ veteran }) => {
  test.setTimeout(120_000)
  const { page } = veteran
  await expect(rows(veteran).first()).toBeVisible()
  const { main, page: ofPage } = await longestTasks(veteran, async () => {
    const menu = page.getByRole('combobox', { name: 'Show' })
    for (const filter of await menu.getByRole('option').all()) {
      await menu.selectOption((await filter.getAttribute('value')) ?? '')
      await expect(page.getByRole('list', { name: 'Calls' }).or(page.getByText(/^No /))).toBeVisible()
    }
    await menu.selectOption('all')
    const field = page.getByRole('textbox', { name: 'Search calls and messages' })
    for (const words of ['person 12', 'note 996', '"', '*']) {
      await field.fill('')
      await field.pressSequentially(words)
    }
    await field.fill('person 299')
    await expect(rows(veteran).first()).toHaveAccessibleName(/^Person 299/)
  })
  expect(main).toBeLessThanOrEqual(LONGEST_BLOCK_MS)
  expect(ofPage).toBeLessThanOrEqual(LONGEST_BLOCK_MS)
})

test('every page that a filter or a search can ask for leaves main free', async ({ veteran }) => {
  test.setTimeout(120_000)
  const searches = ['', 'person 7', 'note 42', 'n', 'p', 'example.org', '"', '*', 'nobody at all']
  const { main } = await longestTasks(veteran, () =>
    veteran.page.evaluate(
      async ({ filters, searches }) => {
        for (const filter of filters) {
          for (const search of searches) {
            let after = null
            for (let n = 0; n < 4; n++) {
              const { next } = await aftertone.history.page({ filter, search, after, limit: 50 })
              if (next === null) break
              after = next
            }
          }
        }
      },
      { filters: historyFilter.options, searches },
    ),
  )
  expect(main).toBeLessThanOrEqual(LONGEST_BLOCK_MS)
})
