import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import * as electron from 'electron'

/**
 * Puts a file itself on the clipboard, so that it can be pasted in a folder or a mail. macOS and Linux have formats
 * for it that Electron can write; Windows' own (CF_HDROP) is none of them, so Windows' own PowerShell writes it.
 * Rejects when it could not be written.
 */
export async function copyFile(path: string): Promise<void> {
  const { href } = pathToFileURL(path)
  if (process.platform === 'win32') await copyOnWindows(path)
  else if (process.platform === 'darwin') await write({ 'public.file-url': href })
  // The first is read by every file manager of Linux but KDE's, which reads the second.
  else await write({ 'x-special/gnome-copied-files': `copy\n${href}`, 'text/uri-list': `${href}\r\n` })
}

async function write(formats: Record<string, string>): Promise<void> {
  const { clipboard } = electron
  // Electron 33, which stands in where the pinned one can't be had, writes one format only, and by another name.
  if ('writeBuffer' in clipboard && typeof clipboard.writeBuffer === 'function') {
    const [first] = Object.entries(formats)
    if (first) clipboard.writeBuffer(first[0], Buffer.from(first[1]))
    return
  }
  const items = Object.entries(formats).map(([format, text]) => [
    `electron application/osclipboard;format="${format}"`,
    new Blob([text]),
  ])
  await clipboard.write([new electron.ClipboardItem(Object.fromEntries(items))])
}

/** The path goes by the environment: a name is never part of a command. */
async function copyOnWindows(path: string): Promise<void> {
  await promisify(execFile)(
    'powershell.exe',
    ['-NoProfile', '-NonInteractive', '-Command', 'Set-Clipboard -LiteralPath $env:AFTERTONE_COPIED_FILE'],
    { env: { ...process.env, AFTERTONE_COPIED_FILE: path }, windowsHide: true, timeout: 10_000 },
  )
}
