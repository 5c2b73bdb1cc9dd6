import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, dialog, shell } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { giveUp, startUpProblem, unexpectedProblem } from '../../../main/electron/startUpProblem'
import { databaseFiles } from '../../../main/services'

vi.mock('electron', () => ({
  dialog: { showMessageBox: vi.fn() },
  shell: { showItemInFolder: vi.fn() },
}))

let folder: string
let files: { file: string; backup: string }
beforeEach(() => {
  vi.clearAllMocks()
  folder = mkdtempSync(join(tmpdir(), 'aftertone-start-'))
  files = databaseFiles(folder)
  writeFileSync(files.file, 'rubbish')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a damaged file is named with its folder and its backup', () => {
  writeFileSync(files.backup, 'better')
  const { detail, show } = startUpProblem({ kind: 'database-corrupt' }, files)
  expect(detail).toContain(`“aftertone.db”, is damaged. It was left as it is, in the folder ${folder}.`)
  expect(detail).toContain('rename “aftertone.db.backup” to “aftertone.db”')
  expect(show).toBe(files.file)
})

test('a backup that is not there is not promised', () => {
  const { detail } = startUpProblem({ kind: 'database-corrupt' }, files)
  expect(detail).toContain('There is no backup yet.')
  expect(detail).not.toContain('aftertone.db.backup')
})

test('a file that cannot be written is shown, or else its folder', () => {
  expect(startUpProblem({ kind: 'database-unwritable' }, files).show).toBe(files.file)
  rmSync(files.file)
  expect(startUpProblem({ kind: 'database-unwritable' }, files)).toMatchObject({
    show: folder,
    detail: expect.stringContaining(folder),
  })
})

test('the folder is shown as often as asked for, then it ends', async () => {
  const app = { exit: vi.fn() }
  const show = vi.mocked(dialog.showMessageBox)
  for (const response of [1, 1, 0]) show.mockResolvedValueOnce({ response, checkboxChecked: false })
  await giveUp(app as unknown as App, startUpProblem({ kind: 'database-corrupt' }, files))
  expect(show.mock.calls[0]?.[0]).toMatchObject({ buttons: ['OK', 'Show Folder'] })
  expect(vi.mocked(shell.showItemInFolder).mock.calls).toEqual([[files.file], [files.file]])
  expect(app.exit.mock.calls).toEqual([[1]])
})

test('without a file to mend there is no folder to show', async () => {
  const app = { exit: vi.fn() }
  vi.mocked(dialog.showMessageBox).mockResolvedValueOnce({ response: 0, checkboxChecked: false })
  await giveUp(app as unknown as App, unexpectedProblem(new Error('no')))
  expect(vi.mocked(dialog.showMessageBox).mock.calls[0]?.[0]).toMatchObject({ buttons: ['OK'] })
  expect(app.exit).toHaveBeenCalledWith(1)
})
