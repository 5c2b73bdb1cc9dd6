import type { App, BrowserWindow } from 'electron'
import type { Log } from '../log'
import { type Busy, type LeavingQuestion, leavingQuestion } from './leavingQuestion'

const LONGEST_STOP_MS = 5_000

type LeavingParts = {
  app: App
  /** What runs that a person may not want to break off. */
  busy(): Busy
  /** Asks in front of our window; true: leave. */
  ask(question: LeavingQuestion): Promise<boolean>
  /** Closes every window, which switches camera and microphone off. */
  closeWindows(): void
  /** Stops the services; leaving waits for it, but not for ever. */
  stop(): Promise<void>
  /** Whether closing the window ends the app: not on macOS. */
  closingQuits: boolean
  log: Log
}

export type Leaving = { guardWindow(window: BrowserWindow): void }

/** Quitting and closing: asked about while something runs, and never before the services have stopped. */
export function guardLeaving(parts: LeavingParts): Leaving {
  const { app, log } = parts
  let stage: 'running' | 'asking' | 'stopping' | 'stopped' = 'running'

  async function mayLeave(): Promise<boolean> {
    const question = leavingQuestion(parts.busy())
    return question === null || parts.ask(question)
  }

  async function quit(): Promise<void> {
    stage = 'asking'
    if (!(await mayLeave())) {
      stage = 'running'
      return
    }
    stage = 'stopping'
    parts.closeWindows()
    await stopInTime()
    stage = 'stopped'
    app.quit()
  }

  async function stopInTime(): Promise<void> {
    const late = Symbol()
    let timer: NodeJS.Timeout | undefined
    const limit = new Promise<typeof late>((resolve) => {
      timer = setTimeout(() => resolve(late), LONGEST_STOP_MS)
    })
    try {
      if ((await Promise.race([parts.stop(), limit])) === late) log.error('the services did not stop in time')
    } catch (bug) {
      log.error('stopping failed', bug)
    } finally {
      clearTimeout(timer)
    }
  }

  app.on('before-quit', (event) => {
    if (stage === 'stopped') return
    event.preventDefault()
    if (stage === 'running') void quit()
  })
  app.on('window-all-closed', () => {
    if (parts.closingQuits) app.quit()
  })

  return {
    guardWindow(window) {
      window.on('close', (event) => {
        if (stage === 'stopping' || stage === 'stopped') return
        if (parts.closingQuits) {
          event.preventDefault()
          app.quit()
        } else if (leavingQuestion(parts.busy()) !== null) {
          event.preventDefault()
          void mayLeave().then((leave) => leave && window.destroy())
        }
      })
    },
  }
}
