import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from '../support/app'
import { runToEnd } from '../support/launchApp'

test('the first start asks who you are, and nothing goes wrong meanwhile', async ({ launch }) => {
  const { page, log, panel } = await launch()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByLabel(/name/i).first()).toBeVisible()
  await panel()
  // Said on every machine without a keychain, such as this test's.
  const complaints = log().match(/\[(error|warn)\].*/g) ?? []
  expect(complaints.filter((line) => !line.includes('no keychain here'))).toEqual([])
})

test('a second start brings the first window to the front and ends', async ({ launch, mdnsPort }) => {
  const { app, folder } = await launch({ person: 'Alice' })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.hide()))
  const second = await runToEnd({ folder, mdnsPort })
  expect(second.code).toBe(0)
  expect(second.dialogs).toEqual([])
  const visible = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.isVisible())
        .map((window) => window.getTitle()),
    )
  await expect.poll(visible).toEqual(['Aftertone'])
})

test('an invite link that is opened a second time reaches the first window', async ({ launch, mdnsPort }) => {
  const { page, folder } = await launch({ person: 'Alice' })
  const link = `aftertone:add?key=${'a'.repeat(52)}&name=Bob`
  await page.evaluate(() => {
    Object.assign(globalThis, {
      opened: new Promise((resolve) => aftertone.on.desktop.openInvite(({ link: heard }) => resolve(heard))),
    })
  })
  expect((await runToEnd({ folder, mdnsPort }, [link])).code).toBe(0)
  expect(await page.evaluate(() => Reflect.get(globalThis, 'opened'))).toBe(link)
})

test.describe('a database that cannot be opened is said, and left as it is:', () => {
  const fromTheFuture = (file: string) => {
    const database = new Database(file)
    database.exec('CREATE TABLE later(id INTEGER) STRICT; PRAGMA user_version = 999990')
    database.close()
  }
  const corrupt = (file: string) => writeFileSync(file, `SQLite format 3\0${'rubbish'.repeat(2_000)}`)

  for (const [what, write, sentence] of [
    ['from the future', fromTheFuture, 'newer version'],
    ['corrupt', corrupt, 'damaged'],
  ] as const) {
    test(what, async ({ mdnsPort }, info) => {
      const folder = info.outputPath('profile')
      const file = path.join(folder, 'data/aftertone.db')
      mkdirSync(path.dirname(file), { recursive: true })
      write(file)
      const before = readFileSync(file)
      const ran = await runToEnd({ folder, mdnsPort })
      expect(ran.dialogs).toHaveLength(1)
      expect(`${ran.dialogs[0]?.message} ${ran.dialogs[0]?.detail}`).toContain(sentence)
      expect(ran.code).toBe(1)
      expect(readFileSync(file).equals(before)).toBe(true)
    })
  }
})

test('a place that cannot be written to is said', async ({ mdnsPort }, info) => {
  const folder = info.outputPath('profile')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'data'), 'a file where the folder should be')
  const ran = await runToEnd({ folder, mdnsPort })
  expect(ran.dialogs.map(({ detail }) => detail)).toEqual([expect.stringContaining("can't write")])
  expect(ran.code).toBe(1)
})
