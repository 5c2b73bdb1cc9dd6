import { type BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme, screen } from 'electron'
import type { AllEvents } from '../../preload/contract'
import { openPageWindow, type PageParts } from './pageWindow'
import { recallPlace, rememberPlace, SMALLEST, windowPlace } from './windowPlace'

/** The one window that a person works in. It may be closed (macOS) and is opened again when needed. */
export type MainWindow = {
  /** Opens it where needed, shows it and gives it the focus. */
  show(): void
  /** Opens it unseen, so that it is ready when a call is answered from the panel. */
  prepare(): void
  /** Shows it, then tells its page something, when the page can hear. */
  tell<Channel extends keyof AllEvents>(channel: Channel, event: AllEvents[Channel]): void
  current(): BrowserWindow | null
  /** Resolves when the window has its first picture, or after a while without one. */
  painted(): Promise<void>
}

type MainWindowParts = PageParts & {
  /** Each time a window was made, before its page loads. */
  opened(window: BrowserWindow): void
}

/** As `--title-bar` of the page says. */
const TITLE_BAR_HEIGHT = 32

const LONGEST_PAINT_MS = 3_000

export function createMainWindow(parts: MainWindowParts): MainWindow {
  let window: BrowserWindow | null = null
  let wanted = false

  function open(): BrowserWindow {
    const areas = screen.getAllDisplays().map((display) => display.workArea)
    const { maximized, ...place } = windowPlace(recallPlace(parts.paths.windowPlace), areas)
    const made = openPageWindow(parts, '', {
      ...place,
      minWidth: SMALLEST.width,
      minHeight: SMALLEST.height,
      title: 'Aftertone',
      autoHideMenuBar: true,
      ...frame(process.platform),
    })
    made.once('ready-to-show', () => {
      if (maximized) made.maximize()
      if (wanted) made.show()
    })
    made.on('close', () =>
      rememberPlace(parts.paths.windowPlace, { ...made.getNormalBounds(), maximized: made.isMaximized() }),
    )
    made.once('closed', () => {
      window = null
      wanted = false
    })
    parts.opened(made)
    return made
  }

  function prepare(): BrowserWindow {
    window ??= open()
    return window
  }

  function show(): void {
    const shown = window !== null && wanted
    wanted = true
    const current = prepare()
    if (current.isMinimized()) current.restore()
    // A window that still loads shows itself when it has something to show.
    if (shown || !current.webContents.isLoading()) current.show()
    current.focus()
  }

  return {
    show,
    prepare: () => void prepare(),
    tell(channel, event) {
      show()
      const { webContents } = prepare()
      const send = () => webContents.send(channel, event)
      if (webContents.isLoading()) webContents.once('did-finish-load', send)
      else send()
    },
    current: () => window,
    painted: () =>
      new Promise((resolve) => {
        window?.once('ready-to-show', () => resolve())
        setTimeout(resolve, window === null ? 0 : LONGEST_PAINT_MS)
      }),
  }
}

/** The system's own window buttons over our page; Linux keeps its frame. */
function frame(platform: NodeJS.Platform): BrowserWindowConstructorOptions {
  const dark = nativeTheme.shouldUseDarkColors
  if (platform === 'darwin') {
    return {
      titleBarStyle: 'hiddenInset',
      vibrancy: 'sidebar',
      visualEffectState: 'followWindow',
      backgroundColor: '#00000000',
    }
  }
  const backgroundColor = dark ? '#17161c' : '#ffffff'
  if (platform !== 'win32') return { backgroundColor }
  return { backgroundColor, titleBarStyle: 'hidden', titleBarOverlay: titleBarOverlay(dark) }
}

const titleBarOverlay = (dark: boolean) => ({
  color: '#00000000',
  symbolColor: dark ? '#f2f0f7' : '#1c1a24',
  height: TITLE_BAR_HEIGHT,
})

/** Windows draws its buttons for us, so they must be told when the look changes. */
export function followLook(current: () => BrowserWindow | null): void {
  if (process.platform !== 'win32') return
  nativeTheme.on('updated', () =>
    current()?.setTitleBarOverlay(titleBarOverlay(nativeTheme.shouldUseDarkColors)),
  )
}
