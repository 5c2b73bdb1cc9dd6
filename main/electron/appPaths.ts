import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { App } from 'electron'

export type AppPaths = {
  /** What must not be lost: the database, takes and messages. */
  data: string
  log: string
  /** What no log may name, since it names the person. */
  privatePaths: string[]
  windowPlace: string
  downloads: string
  renderer: string
  preload: string
  /** Where a packaged ffmpeg lies, and our own pictures. */
  resources: string
  icon: string
  /** The dot over the Windows taskbar button. */
  overlay: string
}

export function appPaths(app: App): AppPaths {
  const profile = app.getPath('userData')
  const out = path.join(app.getAppPath(), 'out')
  const resources = app.isPackaged ? process.resourcesPath : path.join(app.getAppPath(), 'resources')
  return {
    // Apart from Chromium's own files, which may be deleted at will.
    data: path.join(profile, 'data'),
    log: path.join(profile, 'logs', 'aftertone.log'),
    privatePaths: [app.getPath('home'), profile],
    windowPlace: path.join(profile, 'window.json'),
    downloads: app.getPath('downloads'),
    renderer: path.join(out, 'renderer'),
    preload: path.join(out, 'preload', 'index.cjs'),
    resources,
    icon: path.join(resources, 'icon.png'),
    overlay: path.join(resources, 'unseen.png'),
  }
}

/** Where it can't be made, opening the database says so in its own words. */
export function makeDataFolder(paths: AppPaths): void {
  try {
    mkdirSync(paths.data, { recursive: true })
  } catch {
    // See above.
  }
}
