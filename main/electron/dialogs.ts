import { type BrowserWindow, dialog, type MessageBoxOptions, type OpenDialogOptions } from 'electron'
import type { LeavingQuestion } from './leavingQuestion'

type Sentence = { message: string; detail: string }

/** Says one thing and waits until it was read; never blocks the main process, as `showErrorBox` would. */
export async function sayError({ message, detail }: Sentence): Promise<void> {
  await dialog.showMessageBox({ type: 'error', title: 'Aftertone', message, detail, buttons: ['OK'] })
}

/** @param other what else can be done, beside closing it; @returns whether that was chosen */
export async function askAfterError({ message, detail }: Sentence, other: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Aftertone',
    message,
    detail,
    buttons: ['OK', other],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}

/** @returns whether to leave; staying is what Return and Esc choose */
export async function askToLeave(window: BrowserWindow | null, question: LeavingQuestion): Promise<boolean> {
  const options: MessageBoxOptions = {
    type: 'question',
    title: 'Aftertone',
    message: question.message,
    detail: question.detail,
    buttons: [question.stay, question.leave],
    defaultId: 0,
    cancelId: 0,
  }
  const { response } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options))
  return response === 1
}

/** Asks where to save; null when the person thought better of it. */
export async function askWhereToSave(
  window: BrowserWindow | null,
  defaultPath: string,
  title = 'Save Message',
): Promise<string | null> {
  const options = { title, defaultPath }
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options))
  return canceled || filePath === '' ? null : filePath
}

/** Asks for a file of contacts; null when the person thought better of it. */
export async function askForContacts(window: BrowserWindow | null): Promise<string | null> {
  const options: OpenDialogOptions = {
    title: 'Import Contacts',
    properties: ['openFile'],
    filters: [
      { name: 'Contacts', extensions: ['vcf', 'vcard'] },
      { name: 'All Files', extensions: ['*'] },
    ],
  }
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return canceled ? null : (filePaths[0] ?? null)
}
