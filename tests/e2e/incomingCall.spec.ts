import type { ElectronApplication } from '@playwright/test'
import { test as base, expect } from '../support/app'
import { type DesktopBus, startDesktopBus } from '../support/desktopBus'

const test = base.extend<{ desktop: DesktopBus }>({
  desktop: async ({}, use) => {
    const desktop = await startDesktopBus()
    await use(desktop)
    desktop.stop()
  },
})

/** What the panel's own window says about itself. */
const panelWindow = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((each) => each.getTitle() === 'Incoming call')
    return {
      visible: window?.isVisible(),
      focused: window?.isFocused(),
      onTop: window?.isAlwaysOnTop(),
      size: window?.getSize(),
    }
  })

test('rings in a panel on top that takes no focus and stays exactly as long as it rings', async ({
  twoPeople: { alice, bob, bobAtAlice },
}) => {
  const panel = await bob.panel()
  expect((await panelWindow(bob.app)).visible).toBe(false)
  const placed = await alice.page.evaluate(
    (personId) => aftertone.calls.place({ personId, media: 'video' }),
    bobAtAlice,
  )
  if (!placed.ok) throw new Error(placed.failure.kind)

  await expect
    .poll(() => panelWindow(bob.app))
    .toEqual({ visible: true, focused: false, onTop: true, size: [360, 140] })
  await expect(panel.getByRole('heading', { name: 'Alice' })).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Accept' })).not.toBeFocused()
  expect(await panel.evaluate(() => document.activeElement === document.body)).toBe(true)

  await alice.page.evaluate((callId) => aftertone.calls.end({ callId, reason: 'hung-up' }), placed.value.id)
  await expect.poll(async () => (await panelWindow(bob.app)).visible).toBe(false)
})

test('rings in a new panel when the page of the last one died', async ({
  twoPeople: { alice, bob, bobAtAlice },
}) => {
  await bob.panel()
  await bob.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.getTitle() === 'Incoming call')
      ?.webContents.forcefullyCrashRenderer(),
  )
  await expect.poll(() => panelWindow(bob.app)).toEqual({})

  const placed = await alice.page.evaluate(
    (personId) => aftertone.calls.place({ personId, media: 'audio' }),
    bobAtAlice,
  )
  if (!placed.ok) throw new Error(placed.failure.kind)
  await expect.poll(async () => (await panelWindow(bob.app)).visible).toBe(true)
  const alive = bob.app.windows().filter((page) => page.url().endsWith('#panel') && !page.isClosed())
  await expect(
    alive.at(-1)?.getByRole('heading', { name: 'Alice' }) ?? bob.page.locator('none'),
  ).toBeVisible()
})

test('a missed call and its message are one notification; a click shows the call', async ({
  desktop,
  twoPeople: { alice, bob, bobAtAlice },
}) => {
  const placed = await alice.page.evaluate(
    (personId) => aftertone.calls.place({ personId, media: 'audio' }),
    bobAtAlice,
  )
  if (!placed.ok) throw new Error(placed.failure.kind)
  const callId = placed.value.id
  await expect.poll(async () => (await panelWindow(bob.app)).visible).toBe(true)
  await alice.page.evaluate((id) => aftertone.calls.end({ callId: id, reason: 'hung-up' }), callId)
  const open = () =>
    desktop.notifications.filter(({ closed }) => !closed).map(({ title, body }) => ({ title, body }))
  await expect.poll(open).toEqual([{ title: 'Alice', body: 'Missed call' }])

  await alice.page.evaluate((id) => aftertone.messages.sendNote({ callId: id, text: 'Ring me back' }), callId)
  await expect.poll(open).toEqual([{ title: 'Alice', body: 'Ring me back' }])

  await bob.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.getTitle() === 'Aftertone')
      ?.hide(),
  )
  await bob.page.evaluate(() => {
    Object.assign(globalThis, {
      shown: new Promise((resolve) => aftertone.on.desktop.showCall((call) => resolve(call.callId))),
    })
  })
  desktop.click(desktop.notifications.at(-1)?.id ?? 0)
  expect(await bob.page.evaluate(() => Reflect.get(globalThis, 'shown'))).toBe(callId)
  await expect
    .poll(() => bob.app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.getTitle()))
    .toBe('Aftertone')
})
