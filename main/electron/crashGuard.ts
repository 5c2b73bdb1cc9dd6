import type { BrowserWindow } from 'electron'
import type { Log } from '../log'

type Bugs = {
  on(event: 'uncaughtException' | 'unhandledRejection', hear: (bug: unknown) => void): unknown
}

/** A bug that nobody caught is logged in full and said once; the app goes on, since calls may go on too. */
export function guardAgainstBugs(process: Bugs, log: Log, say: () => Promise<void>): void {
  let said = false
  const hear = (bug: unknown) => {
    log.error('a bug that nobody caught', bug)
    if (said) return
    said = true
    say().catch((error) => log.error('the bug could not be shown', error))
  }
  process.on('uncaughtException', hear)
  process.on('unhandledRejection', hear)
}

const MOST_CRASHES = 3
const CRASHES_WITHIN_MS = 60_000

/**
 * A page that died is loaded again, so that the window is never blank; but not one that dies again and again.
 * @param gone what the page held (a recording, a call's media) is gone: after a crash, a reload and a close
 */
export function guardPage(window: BrowserWindow, log: Log, gone: () => void): void {
  const { webContents } = window
  let crashes: number[] = []
  let loaded = false

  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (!isMainFrame || isSameDocument) return
    if (loaded) gone()
    loaded = true
  })
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    log.error('a page died', { reason })
    gone()
    crashes = [...crashes, Date.now()].filter((at) => Date.now() - at < CRASHES_WITHIN_MS)
    if (crashes.length < MOST_CRASHES) webContents.reload()
  })
  webContents.on('preload-error', (_event, _path, error) => log.error('the preload failed', error))
  window.on('unresponsive', () => log.warn('a page does not answer'))
  window.once('closed', gone)
}
