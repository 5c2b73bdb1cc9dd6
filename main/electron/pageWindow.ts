import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron'
import type { AppPaths } from './appPaths'
import type { OurOrigin } from './origin'
import type { OurWindows } from './ourWindows'

export type PageParts = { ours: OurOrigin; windows: OurWindows; paths: AppPaths }

/** A window of ours: sandboxed, isolated, known to the bridge. */
export function openPageWindow(
  { ours, windows, paths }: PageParts,
  page: '' | '#panel',
  options: BrowserWindowConstructorOptions,
): BrowserWindow {
  const window = new BrowserWindow({
    ...options,
    show: false,
    icon: paths.icon,
    webPreferences: {
      preload: paths.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // A middle click on a link would open a window.
      disableBlinkFeatures: 'Auxclick',
    },
  })
  // Both windows load one page; each keeps its own title.
  window.on('page-title-updated', (event) => event.preventDefault())
  windows.add(window)
  void window.loadURL(`${ours.origin}/${page}`)
  return window
}
