import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from '../support/app'
import { callNobody, startRecording } from '../support/recordTake'

/** Answers the app's next questions with the button of this number and remembers what was asked. */
const answerWith = (app: ElectronApplication, response: number) =>
  app.evaluate(({ dialog }, button) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    dialog.showMessageBox = async (...args: unknown[]) => {
      const options = args.at(-1) as Electron.MessageBoxOptions
      asked.push(options.message)
      return { response: button, checkboxChecked: false }
    }
  }, response)
const asked = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => Reflect.get(globalThis, 'asked'))

const ended = (app: ElectronApplication) => new Promise((resolve) => app.process().once('exit', resolve))
const unsent = (page: Page) =>
  page.evaluate(() =>
    aftertone.takes.unsent().then((takes) => takes.map(({ id, state }) => [id, state.phase])),
  )

test('quitting asks while recording: staying goes on, leaving keeps what was recorded', async ({
  launch,
}) => {
  const { app, page, folder } = await launch({ person: 'Alice' })
  const call = await callNobody(page)
  const takeId = await startRecording(page, call.id)

  await answerWith(app, 0)
  await app.evaluate((electron) => electron.app.quit())
  await expect.poll(() => asked(app)).toEqual(["You're recording a message."])
  expect(await page.evaluate(() => Reflect.get(globalThis, 'recorder').state)).toBe('recording')

  await answerWith(app, 1)
  const gone = ended(app)
  // The answer to this very request may be lost in the leaving.
  await app.evaluate((electron) => electron.app.quit()).catch(() => {})
  await gone

  const again = await launch({ folder })
  await expect.poll(() => unsent(again.page)).toEqual([[takeId, 'ready']])
})

test('closing the window ends the app, at once and without a question when nothing runs', async ({
  launch,
}) => {
  test.skip(process.platform === 'darwin', 'on macOS the app goes on without its window')
  const { app, page, log } = await launch({ person: 'Alice' })
  await page.evaluate(() => aftertone.settings.get())
  await answerWith(app, 0)
  const gone = ended(app)
  const close = app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.getTitle() === 'Aftertone')
      ?.close(),
  )
  await close.catch(() => {})
  await gone
  expect(log()).not.toMatch(/\[error\]/)
})

test('a page that dies comes back, and what it recorded is kept', async ({ launch }) => {
  const { app, page } = await launch({ person: 'Alice' })
  const call = await callNobody(page)
  const takeId = await startRecording(page, call.id)
  // Playwright gives up a page that crashed, so the window itself is asked.
  await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((each) => each.getTitle() === 'Aftertone')
    window?.webContents.forcefullyCrashRenderer()
  })
  const takes = () =>
    app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((each) => each.getTitle() === 'Aftertone')
      if (!window || window.webContents.isCrashed() || window.webContents.isLoading()) return 'not back yet'
      const ask = 'aftertone.takes.unsent().then((takes) => takes.map(({ id, state }) => [id, state.phase]))'
      // A page that dies while it is asked never answers.
      const patience = new Promise((resolve) => setTimeout(() => resolve('no answer'), 1_000))
      return Promise.race([window.webContents.executeJavaScript(ask), patience])
    })
  await expect.poll(takes).toEqual([[takeId, 'ready']])
})
