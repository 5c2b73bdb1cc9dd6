import { app, type BrowserWindow, ipcMain, session } from 'electron'
import { systemClock } from './clock'
import { setApplicationMenu } from './electron/applicationMenu'
import { appPaths, makeDataFolder } from './electron/appPaths'
import { appProtocol } from './electron/appProtocol'
import { showBadge } from './electron/badge'
import { registerBridge } from './electron/bridge'
import { createCallPanel } from './electron/callPanel'
import { prepareChromium } from './electron/chromium'
import { guardAgainstBugs, guardPage } from './electron/crashGuard'
import { claimLinks, listenForLinks } from './electron/deepLinks'
import { desktopHandlers } from './electron/desktopHandlers'
import { askToLeave, sayError } from './electron/dialogs'
import { followEvents } from './electron/followEvents'
import { readLaunchOptions } from './electron/launchOptions'
import { guardLeaving } from './electron/leaving'
import { applyLook } from './electron/look'
import { createMainWindow, followLook } from './electron/mainWindow'
import { mediaProtocol } from './electron/mediaProtocol'
import { guardNavigation, guardNetwork } from './electron/navigationGuard'
import { createNotifications } from './electron/notifications'
import { ourOrigin } from './electron/origin'
import { createOurWindows } from './electron/ourWindows'
import { guardPermissions } from './electron/permissions'
import { onWake } from './electron/powerEvents'
import { declareSchemes, serveSchemes } from './electron/schemes'
import { keychainBox } from './electron/secretBox'
import { giveUp, startUpProblem, unexpectedProblem } from './electron/startUpProblem'
import { createLogs } from './log'
import { createServices, databaseFiles } from './services'

const options = readLaunchOptions(process.argv)
const links = listenForLinks(app, options.invite)
prepareChromium(app, options)
declareSchemes()
if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(start)
    .catch((bug) => giveUp(app, unexpectedProblem(bug)))
} else {
  app.quit()
}

async function start(): Promise<void> {
  // 1. Paths and the log; from here on no bug is silent.
  const paths = appPaths(app)
  makeDataFolder(paths)
  const createLog = createLogs(paths.log, paths.privatePaths)
  const log = createLog('desktop')
  guardAgainstBugs(process, log, () =>
    sayError({ message: 'Something went wrong.', detail: 'Your calls and messages are safe.' }),
  )

  // 2. The guards, before any page can load.
  const ours = ourOrigin(app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL)
  guardNavigation(app, ours, log)
  guardNetwork(session.defaultSession, ours, log)
  guardPermissions(session.defaultSession, ours)

  // 3. The windows' places; none is open yet.
  const windows = createOurWindows()
  const page = { ours, windows, paths }
  const panel = createCallPanel(page)
  const mainWindow = createMainWindow({ ...page, opened: (window) => attend(window) })
  const notifications = createNotifications({
    icon: paths.icon,
    quiet: () => mainWindow.current()?.isFocused() ?? false,
    clicked: (callId) => mainWindow.tell('desktop/showCall', { callId }),
    preview: () => services.settings().notificationPreview,
    log,
  })

  // 4. The services: everything that Aftertone does.
  const created = await createServices({
    folder: paths.data,
    clock: systemClock,
    createLog,
    publish: followEvents({
      windows,
      panel,
      mainWindow,
      badge: (unseen) => showBadge({ app, overlay: paths.overlay, window: mainWindow.current }, unseen),
    }),
    notify: {
      incomingCall: () => {},
      missedCall: notifications.show,
      message: notifications.show,
      withdraw: notifications.withdraw,
    },
    ffmpeg: { environment: process.env, resourcesFolder: paths.resources, packaged: app.isPackaged },
    secretBox: keychainBox(),
    network: { kind: 'nearby', bind: options.nearbyAddress, mdnsPort: options.mdnsPort },
  })
  if (!created.ok) {
    log.error('the services could not be made', created.failure)
    return giveUp(app, startUpProblem(created.failure, databaseFiles(paths.data)))
  }
  const services = created.value

  // 5. What the pages may ask for, and the way out.
  registerBridge({
    ipc: ipcMain,
    trusts: ({ sender, senderFrame }) =>
      windows.has(sender) && senderFrame === sender.mainFrame && ours.owns(senderFrame.url),
    handlers: {
      ...services.handlers,
      ...desktopHandlers({ app, paths, services, window: mainWindow.current }),
    },
    log: createLog('bridge'),
  })
  serveSchemes({
    app: appProtocol(paths.renderer),
    media: mediaProtocol(services.playback, ours.origin),
  })
  const leaving = guardLeaving({
    app,
    busy: services.busy,
    ask: (question) => askToLeave(mainWindow.current(), question),
    closeWindows: windows.destroyAll,
    stop: services.stop,
    closingQuits: process.platform !== 'darwin',
    log,
  })
  function attend(window: BrowserWindow): void {
    guardPage(window, log, services.windowGone)
    leaving.guardWindow(window)
  }

  // 6. The window; once it has its picture the network, and the panel last, since they would slow it down.
  applyLook(await services.handlers['settings/get']())
  setApplicationMenu(app.isPackaged)
  if (!options.hidden) mainWindow.show()
  app.on('activate', mainWindow.show)
  links.deliver({
    opened: (link) => mainWindow.tell('desktop/openInvite', { link }),
    startedAgain: mainWindow.show,
  })
  claimLinks(app)
  followLook(mainWindow.current)
  onWake(services.wake)
  // Not awaited: should it fail, the guard says so, and the history can still be read.
  void mainWindow.painted().then(services.start).then(panel.prepare)
}
