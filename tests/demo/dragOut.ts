import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect } from '@playwright/test'
import { startDesktopSession } from '../support/desktopSession'
import type { LaunchedApp } from '../support/launchApp'
import type { Timeline } from './timeline'

type DragOut = { app: LaunchedApp; into: string; timeline: Timeline; scratch: string }

/**
 * Drags the newest message out of the app's history into the folder `into` with a real mouse and a real file manager.
 * Where nobody can move the mouse (macOS, Windows) the same file is saved there instead. Resolves with its name.
 */
export async function dragOut({ app, into, timeline, scratch }: DragOut): Promise<string> {
  await mkdir(into, { recursive: true })
  if (process.platform === 'linux') await dragByMouse(app, into, timeline, path.join(scratch, 'config'))
  else await saveAs(app, into)
  await expect.poll(() => readdir(into), { timeout: 15_000 }).toHaveLength(1)
  const [name = ''] = await readdir(into)
  return name
}

async function dragByMouse(
  app: LaunchedApp,
  into: string,
  timeline: Timeline,
  config: string,
): Promise<void> {
  const desktop = await startDesktopSession(config)
  try {
    const folder = await desktop.openFolder(into)
    await app.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((candidate) => candidate.getTitle() === 'Aftertone')
      window?.setPosition(10, 60)
    })
    await desktop.activate('Aftertone')
    const from = await onScreen(app)
    await desktop.drag(from, folder.centre, () =>
      timeline.reached('Bob drags it to a folder', desktop.screenshot),
    )
    await expect.poll(() => readdir(into), { timeout: 15_000 }).toHaveLength(1)
    await timeline.reached('It is in the folder', desktop.screenshot)
  } finally {
    await desktop.stop()
  }
}

/** Where the newest row of the history is on the screen. */
async function onScreen({ app, page }: LaunchedApp): Promise<{ x: number; y: number }> {
  const content = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((candidate) => candidate.getTitle() === 'Aftertone')
      ?.getContentBounds(),
  )
  const row = await page.locator('[data-row]').first().boundingBox()
  if (!content || !row) throw new Error('the row to drag is not on the screen')
  return { x: content.x + row.x + 60, y: content.y + row.y + row.height / 2 }
}

async function saveAs({ app, page }: LaunchedApp, into: string): Promise<void> {
  await app.evaluate(({ dialog }, folder) => {
    const answer = async (...args: unknown[]) => {
      const options = args.at(-1) as Electron.SaveDialogOptions
      const name = options.defaultPath?.split(/[\\/]/).at(-1) ?? 'message'
      return { canceled: false, filePath: `${folder}/${name}` }
    }
    dialog.showSaveDialog = answer as typeof dialog.showSaveDialog
  }, into)
  await page.getByRole('button', { name: 'Save As…' }).click()
}
