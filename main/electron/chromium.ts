import type { App } from 'electron'
import { chromiumSwitches, type LaunchOptions } from './launchOptions'

/** What Chromium must know before Electron is ready. */
export function prepareChromium(app: App, options: LaunchOptions): void {
  // Taking the sandbox for every process would silently drop --no-sandbox, without which Chromium does not start as
  // root (CI). Each window asks for its sandbox anyway.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  const disabled = app.commandLine.getSwitchValue('disable-features')
  for (const [name, value] of chromiumSwitches(options, disabled)) app.commandLine.appendSwitch(name, value)
  // Behind other windows a recording goes on; hidden or minimised, the page learns of it and turns the camera off. With
  // a window's `backgroundThrottling: false` it would learn of neither.
  app.commandLine.appendSwitch('disable-backgrounding-occluded-windows')
  // Toasts of Windows belong to this id; a development start belongs to the executable itself.
  if (process.platform === 'win32') {
    app.setAppUserModelId(app.isPackaged ? 'org.aftertone.desktop' : process.execPath)
  }
}
