import { type BrowserWindow, nativeTheme, screen } from 'electron'
import type { Call } from '../../preload/contract/calls'
import { openPageWindow, type PageParts } from './pageWindow'

/** The small panel on top of everything while a call comes in; it never takes the focus. */
export type CallPanel = {
  /** Made ahead of the first call, unseen, so that a ring need not wait for a page to load. */
  prepare(): void
  /** Shows it exactly as long as an incoming call rings. */
  follow(call: Call): void
}

const SIZE = { width: 360, height: 140 }
const MARGIN = 16

export function createCallPanel(parts: PageParts): CallPanel {
  let panel: BrowserWindow | null = null
  let ringing: string | null = null

  function prepare(): BrowserWindow {
    panel ??= open()
    return panel
  }

  function open(): BrowserWindow {
    const made = openPageWindow(parts, '#panel', {
      ...SIZE,
      title: 'Incoming call',
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#17161c' : '#ffffff',
      // A panel of macOS takes clicks without making its app the active one.
      ...(process.platform === 'darwin' ? { type: 'panel' } : {}),
    })
    made.setAlwaysOnTop(true, 'screen-saver')
    made.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true })
    made.once('closed', () => {
      panel = null
    })
    // Without its page it would stay an empty window; the next ring makes another.
    made.webContents.once('render-process-gone', () => made.destroy())
    return made
  }

  function show(): void {
    const made = prepare()
    // Top right of the screen where the person is, which may have changed since the last call.
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    made.setPosition(workArea.x + workArea.width - SIZE.width - MARGIN, workArea.y + MARGIN)
    if (!made.webContents.isLoading()) appear(made)
    else made.once('ready-to-show', () => ringing !== null && appear(made))
  }

  function appear(made: BrowserWindow): void {
    made.showInactive()
    made.moveTop()
  }

  return {
    prepare: () => void prepare(),
    follow(call) {
      if (call.direction === 'in' && call.state.phase === 'ringing') {
        if (ringing === call.id) return
        ringing = call.id
        show()
      } else if (ringing === call.id) {
        ringing = null
        panel?.hide()
      }
    },
  }
}
