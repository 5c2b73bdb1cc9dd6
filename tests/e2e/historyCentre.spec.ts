import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import type { MessageContent } from '../../preload/contract/messages'
import { test as base, expect, type LaunchedApp } from '../support/app'
import { tabTo } from '../support/keys'
import { type PastCall, writePastCalls } from '../support/pastCalls'

/** By keyboard alone, but for what stands in for the system's own menu. */

const note = (text: string) => ({ kind: 'text', text }) as const
const film = { kind: 'video', durationMs: 24_000, size: 10, width: 1280, height: 720 } as const
const sound = {
  kind: 'audio',
  durationMs: 9_000,
  size: 10,
  waveform: [10, 80, 40, 90, 20],
} satisfies MessageContent

const past: PastCall[] = [
  { name: 'Zoë Ruiz', message: film },
  { name: 'Bob', seen: false },
  { name: 'Bob', seen: false },
  { name: 'Bob' },
  { name: 'Ana', direction: 'out', message: sound },
  { name: 'Stranger Eve', media: 'audio' },
  { name: 'Ana', outcome: 'answered' },
  { name: 'Ana', message: note('Lunch at “Café Déjà-vu” at 12?'), played: true },
  { name: 'Bob', direction: 'out', outcome: 'unanswered' },
  ...Array.from({ length: 60 }, (_, n) => ({ name: n % 2 ? 'Ana' : 'Carol', outcome: 'answered' }) as const),
]

const test = base.extend<{ alice: LaunchedApp }>({
  alice: async ({ launch }, use, info) => {
    const folder = info.outputPath('alice')
    writePastCalls(folder, past)
    await use(await launch({ person: 'Alice', folder }))
  },
})

const rows = (page: Page) => page.locator('[data-row]')
const focused = (page: Page) => page.locator('[data-row]:focus')
const count = (page: Page) =>
  page.evaluate(async () => {
    let calls = 0
    for (let after = null; ; ) {
      const page = await aftertone.history.page({ filter: 'all', after, limit: 200 })
      calls += page.entries.length
      if (!page.next) return calls
      after = page.next
    }
  })

async function enterList(page: Page): Promise<void> {
  await expect(rows(page).first()).toBeVisible()
  await page.keyboard.press('Control+f')
  await expect(page.getByRole('textbox', { name: 'Search calls and messages' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(focused(page)).toHaveCount(1)
}

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

test('words find people and notes as they are typed, and Esc shows everything again', async ({ alice }) => {
  const { page } = alice
  await enterList(page)
  await press(page, 'Control+f')
  await page.keyboard.type('zoe')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toHaveAccessibleName(/^Zoë Ruiz Video message, 0:24/)
  await expect(page.getByRole('status').filter({ hasText: '1 call found' })).toHaveCount(1)

  await press(page, 'Control+a')
  await page.keyboard.type('deja lunch')
  await expect(rows(page)).toHaveAccessibleName(/^Ana Note: Lunch/)
  await press(page, 'ArrowDown')
  await expect(focused(page)).toHaveAccessibleName(/^Ana Note: Lunch/)
  await press(page, 'Enter')
  await expect(page.getByRole('main').getByText('Lunch at “Café Déjà-vu” at 12?').first()).toBeVisible()

  for (const nonsense of ['"', '* OR NEAR(', 'no one at all']) {
    await press(page, 'Control+f', 'Control+a')
    await page.keyboard.type(nonsense)
    await expect(page.getByText('Nothing found')).toBeVisible()
  }
  // What is on the stage does not depend on what the list shows.
  await expect(page.getByRole('main').getByText('Lunch at “Café Déjà-vu” at 12?').first()).toBeVisible()
  await press(page, 'Escape')
  await expect(page.getByRole('textbox', { name: 'Search calls and messages' })).toHaveValue('')
  await expect(rows(page).first()).toHaveAccessibleName(/^Zoë Ruiz/)
})

test('each filter shows its calls, and says what is new in it', async ({ alice }) => {
  const { page } = alice
  await expect(rows(page).first()).toBeVisible()
  const menu = await tabTo(page, 'combobox', 'Show')
  await expect(menu.getByRole('option')).toHaveText(
    ['All (3)', 'Missed (2)', 'Messages (1)', 'Video (1)', 'Audio', 'Notes', 'Outgoing', 'Unknown Callers'],
    { useInnerText: true },
  )
  const expected: [filter: string, first: RegExp, lines: number][] = [
    // Three of Bob's are one line.
    ['Missed', /^Zoë Ruiz/, 4],
    ['Messages', /^Zoë Ruiz/, 3],
    ['Video', /^Zoë Ruiz Video message/, 1],
    ['Audio', /^Ana/, 1],
    ['Notes', /^Ana Note: Lunch/, 1],
    ['Outgoing', /^Ana/, 2],
    ['Unknown Callers', /^Stranger Eve Missed audio call/, 1],
  ]
  for (const [filter, first, lines] of expected) {
    await press(page, 'ArrowDown')
    await expect(menu.locator('option:checked')).toContainText(filter)
    await expect(rows(page), filter).toHaveCount(lines)
    await expect(rows(page).first()).toHaveAccessibleName(first)
  }
  // Saved, she is no unknown caller any more, and the filter has nothing to be there for.
  const eve = await page.evaluate(async () => {
    const { entries } = await aftertone.history.page({ filter: 'unknown', after: null, limit: 1 })
    return entries[0]?.person.address ?? ''
  })
  await page.evaluate((address) => aftertone.people.add({ address, name: 'Eve' }), eve)
  await expect(page.getByText('No calls from unknown people')).toBeVisible()
  await menu.focus()
  await press(page, 'Home')
  await expect(rows(page).first()).toHaveAccessibleName(/^Zoë Ruiz/)
  await expect(menu.getByRole('option')).toHaveCount(7)
})

test('misses in a row are one line that opens, closes and is seen as one', async ({ alice }) => {
  const { page } = alice
  await enterList(page)
  await press(page, 'ArrowDown')
  await expect(focused(page)).toHaveAccessibleName(/^Bob Missed video call \(3\)/)
  await expect(focused(page)).toHaveAttribute('aria-expanded', 'false')
  await press(page, 'ArrowRight')
  await expect(focused(page)).toHaveAttribute('aria-expanded', 'true')
  await press(page, 'ArrowDown')
  await expect(focused(page)).toHaveAccessibleName(/^Bob Missed video call \d/)
  await press(page, 'ArrowUp', 'ArrowLeft')
  await expect(focused(page)).toHaveAttribute('aria-expanded', 'false')
  expect(await page.evaluate(() => aftertone.history.unseen())).toEqual({ missedCalls: 2, messages: 1 })
  await press(page, 'Enter')
  await expect
    .poll(() => page.evaluate(() => aftertone.history.unseen()))
    .toEqual({ missedCalls: 0, messages: 1 })
})

test('one, some, or all calls are deleted, and each time Undo brings them back', async ({ alice }) => {
  const { page } = alice
  await enterList(page)
  await press(page, 'Delete')
  await expect(page.getByText('1 call deleted')).toBeVisible()
  await expect(focused(page)).toHaveAccessibleName(/^Bob Missed video call \(3\)/)
  expect(await page.evaluate(() => aftertone.history.unseen())).toEqual({ missedCalls: 2, messages: 0 })
  await press(page, 'Control+z')
  await expect(rows(page).first()).toHaveAccessibleName(/^Zoë Ruiz/)
  // The focus stayed with its row.
  await expect(focused(page)).toHaveAccessibleName(/^Bob Missed video call \(3\)/)

  await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown')
  await expect(page.getByText('5 calls selected')).toBeVisible()
  await press(page, 'Delete')
  await expect(page.getByText('5 calls deleted')).toBeVisible()
  await expect.poll(() => count(page)).toBe(past.length - 5)
  await expect(focused(page)).toHaveAccessibleName(/^Ana Video call/)
  await tabTo(page, 'button', 'Undo')
  await press(page, 'Enter')
  await expect.poll(() => count(page)).toBe(past.length)
  await expect(page.getByRole('button', { name: 'Undo' })).toBeHidden()

  await enterList(page)
  await press(page, 'Control+a')
  await expect(page.getByText('All calls selected')).toBeVisible()
  await press(page, 'Control+ ')
  await expect(page.getByText('All but 3 selected').or(page.getByText('All but 1 selected'))).toBeVisible()
  await press(page, 'Control+ ', 'Delete')
  await expect(page.getByText(`${past.length} calls deleted`)).toBeVisible()
  await expect(page.getByText('No calls yet')).toBeVisible()
  await tabTo(page, 'button', 'Undo')
  await press(page, 'Enter')
  await expect.poll(() => count(page)).toBe(past.length)
  await expect(rows(page).first()).toHaveAccessibleName(/^Zoë Ruiz/)
})

test('what was deleted is gone at the next start', async ({ alice, launch }) => {
  const { page } = alice
  await enterList(page)
  await press(page, 'Delete')
  await expect(page.getByText('1 call deleted')).toBeVisible()
  await alice.kill()
  const again = await launch({ folder: alice.folder })
  await expect(rows(again.page).first()).toHaveAccessibleName(/^Bob Missed video call \(3\)/)
  await expect.poll(() => count(again.page)).toBe(past.length - 1)
})

type Chosen = { labels: string[]; choose: string }

/** Stands in for the hand at the system's menu: notes what it offers, and chooses. */
const answerMenu = ({ app }: LaunchedApp, choose: string) =>
  app.evaluate(({ Menu }, label) => {
    const answered = globalThis as unknown as { lastMenu: Chosen }
    Menu.prototype.popup = function popup(options) {
      answered.lastMenu = { labels: this.items.map((item) => item.label), choose: label }
      const item = this.items.find((each) => each.label === label)
      item?.click()
      options?.callback?.()
    }
  }, choose)
const menuLabels = ({ app }: LaunchedApp) =>
  app.evaluate(() => (globalThis as unknown as { lastMenu?: Chosen }).lastMenu?.labels)

test('the menu of a row does what it says', async ({ alice }) => {
  const { app, page } = alice
  await enterList(page)
  await answerMenu(alice, 'Copy File')
  await press(page, 'Shift+F10')
  await expect(page.getByText('The file is on the clipboard')).toBeVisible()
  expect(await menuLabels(alice)).toEqual([
    'Call Back with Video',
    'Call Back with Audio',
    '',
    'Play',
    'Save As…',
    'Copy File',
    'Show in Folder',
    '',
    'Show Zoë Ruiz',
    'Block Zoë Ruiz',
    '',
    'Delete',
    'Delete Message Only',
    'Delete All with Zoë Ruiz',
  ])
  if (process.platform === 'linux') {
    const copied = await app.evaluate(({ clipboard }) =>
      (clipboard as unknown as { readBuffer(format: string): Buffer })
        .readBuffer('x-special/gnome-copied-files')
        .toString(),
    )
    expect(copied).toMatch(/^copy\nfile:/)
    const [, url = ''] = copied.split('\n')
    expect(await readFile(fileURLToPath(url), 'utf8')).toBe('not a film')
  }

  await answerMenu(alice, 'Delete Message Only')
  await press(page, 'Shift+F10')
  await expect(page.getByText('Message deleted')).toBeVisible()
  await expect(focused(page)).toHaveAccessibleName(/^Zoë Ruiz Missed video call/)

  await answerMenu(alice, 'Delete All with Bob')
  await press(page, 'ArrowDown', 'Shift+F10')
  await expect(page.getByText('4 calls deleted')).toBeVisible()
  await expect(page.locator('[data-row]').filter({ hasText: 'Bob' })).toHaveCount(0)

  await answerMenu(alice, 'Show Ana')
  await press(page, 'Shift+F10')
  await expect(page.getByRole('heading', { name: 'Ana', exact: true })).toBeVisible()
})
