import type { BrowserWindow, WebContents } from 'electron'
import type { AllEvents } from '../../preload/contract'
import type { Publish } from '../../preload/contract/channels'

/** The windows that may use the bridge: whoever is not in here is a stranger to it. */
export type OurWindows = {
  add(window: BrowserWindow): void
  has(contents: WebContents): boolean
  /** Tells every window of ours; one that still loads asks for the state by itself. */
  send: Publish<AllEvents>
  /** Closes them without asking, which switches camera and microphone off at once. */
  destroyAll(): void
}

export function createOurWindows(): OurWindows {
  const windows = new Set<BrowserWindow>()
  return {
    add(window) {
      windows.add(window)
      window.once('closed', () => windows.delete(window))
    },
    has: (contents) =>
      [...windows].some((window) => !window.isDestroyed() && window.webContents === contents),
    send(channel, event) {
      for (const window of windows) if (!window.isDestroyed()) window.webContents.send(channel, event)
    },
    destroyAll() {
      for (const window of windows) window.destroy()
    },
  }
}
