import { execFile } from 'node:child_process'
import { mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, type LaunchedApp, test } from '../support/app'
import { startDesktopSession } from '../support/desktopSession'
import { finishRecording, startRecording } from '../support/recordTake'

/** Alice calls, Bob declines, Alice leaves a video message; resolves once Bob has it. */
async function leaveMessage(alice: LaunchedApp, bob: LaunchedApp, bobAtAlice: string): Promise<void> {
  const placed = await alice.page.evaluate(
    (personId) => aftertone.calls.place({ personId, media: 'video' }),
    bobAtAlice,
  )
  if (!placed.ok) throw new Error(placed.failure.kind)
  const callId = placed.value.id
  const decline = () => bob.page.evaluate((id) => aftertone.calls.decline({ callId: id }), callId)
  await expect.poll(async () => (await decline()).ok).toBe(true)
  await expect.poll(() => alice.page.evaluate(() => aftertone.calls.current())).toBeNull()
  const takeId = await startRecording(alice.page, callId)
  await finishRecording(alice.page)
  await alice.page.evaluate((id) => aftertone.messages.sendTake({ takeId: id }), takeId)
  await expect
    .poll(() => bob.page.evaluate(() => aftertone.history.unseen()), { timeout: 20_000 })
    .toMatchObject({ messages: 1 })
}

/** The middle of Bob's newest row, on the screen. */
async function newestRow({ app, page }: LaunchedApp): Promise<{ x: number; y: number }> {
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.getTitle() === 'Aftertone')
      ?.setPosition(10, 40),
  )
  const content = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.getTitle() === 'Aftertone')
      ?.getContentBounds(),
  )
  const row = await page.locator('[data-row]').first().boundingBox()
  if (!content || !row) throw new Error('no row')
  return { x: content.x + row.x + 60, y: content.y + row.y + row.height / 2 }
}

test('a message dragged out of the history is a real, well-named video in the folder it was dropped on', async ({
  twoPeople: { alice, bob, bobAtAlice },
}, info) => {
  test.skip(process.platform !== 'linux', 'the mouse is moved by xdotool')
  test.setTimeout(120_000)
  const into = info.outputPath('dropped')
  await mkdir(into)
  const desktop = await startDesktopSession(info.outputPath('config'))
  try {
    await leaveMessage(alice, bob, bobAtAlice)
    await alice.close()
    const folder = await desktop.openFolder(into)
    const from = await newestRow(bob)
    await desktop.activate('Aftertone')
    await desktop.drag(from, folder.centre)
    await expect.poll(() => readdir(into), { timeout: 15_000 }).toHaveLength(1)
    const [name = ''] = await readdir(into)
    expect(name).toMatch(/^Video message from Alice \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.mp4$/)
    const file = path.join(into, name)
    const { stdout } = await promisify(execFile)('ffprobe', [
      ...['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', file],
    ])
    expect(stdout.trim().split('\n').sort()).toEqual(['aac', 'h264'])
    expect((await stat(file)).size).toBeGreaterThan(10_000)
  } finally {
    await desktop.screenshot(info.outputPath('after.png'))
    await desktop.stop()
  }
})
