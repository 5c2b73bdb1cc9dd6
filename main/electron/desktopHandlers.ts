import path from 'node:path'
import { type App, type BrowserWindow, clipboard, shell } from 'electron'
import type { AllRequests } from '../../preload/contract'
import type { Handlers } from '../../preload/contract/channels'
import type { DesktopInfo } from '../../preload/contract/desktop'
import { failed, ok } from '../../preload/contract/result'
import type { Exportable } from '../messages/exportedFiles'
import type { Services } from '../services'
import type { AppPaths } from './appPaths'
import { askForContacts, askWhereToSave } from './dialogs'
import { dragOut } from './dragOut'
import { copyFile } from './fileClipboard'
import { askForMedia, openMediaSettings } from './mediaAccess'
import { showMenu } from './nativeMenu'

/** The requests that need the desktop itself: its dialogs, its clipboard, its drag and drop. */
type DesktopSide = Omit<AllRequests, keyof Services['handlers']>

type DesktopParts = {
  app: App
  paths: AppPaths
  services: Services
  window(): BrowserWindow | null
}

const PLATFORMS: Partial<Record<NodeJS.Platform, DesktopInfo['platform']>> = {
  darwin: 'mac',
  win32: 'windows',
}

export function desktopHandlers({ app, paths, services, window }: DesktopParts): Handlers<DesktopSide> {
  const { exports } = services

  async function saveAs(subject: Exportable) {
    const name = exports.name(subject)
    if (name === null) return failed({ kind: 'not-ready' as const })
    const target = await askWhereToSave(window(), path.join(paths.downloads, name))
    return target === null ? failed({ kind: 'cancelled' as const }) : exports.saveCopy(subject, target)
  }

  async function withFile(messageId: string, use: (path: string) => Promise<void> | void) {
    const file = await exports.prepare({ kind: 'message', id: messageId })
    if (!file.ok) return file
    await use(file.value.path)
    return ok(null)
  }

  return {
    'people/importFile': async () => {
      const file = await askForContacts(window())
      return file === null ? failed({ kind: 'cancelled' as const }) : services.cards.importFrom(file)
    },
    'people/exportFile': async () => {
      const file = await askWhereToSave(
        window(),
        path.join(paths.downloads, 'Aftertone contacts.vcf'),
        'Export Contacts',
      )
      return file === null ? failed({ kind: 'cancelled' as const }) : services.cards.exportTo(file)
    },

    'desktop/info': () => ({
      version: app.getVersion(),
      platform: PLATFORMS[process.platform] ?? 'linux',
      network: services.networkStatus(),
    }),
    'desktop/ffmpegVersion': services.ffmpegVersion,
    'desktop/askForMedia': ({ device }) => askForMedia(device),
    async 'desktop/openMediaSettings'({ device }) {
      await openMediaSettings(device)
      return null
    },
    async 'desktop/copyText'({ text }) {
      await clipboard.writeText(text)
      return null
    },
    async 'desktop/showMenu'(menu) {
      const over = window()
      return over ? showMenu(over, menu) : null
    },

    'takes/saveAs': ({ takeId }) => saveAs({ kind: 'take', id: takeId }),
    'messages/saveAs': ({ messageId }) => saveAs({ kind: 'message', id: messageId }),
    async 'messages/copyText'({ messageId }) {
      const text = services.noteText(messageId)
      if (text === null) return failed({ kind: 'message-gone' })
      await clipboard.writeText(text)
      return ok(null)
    },
    'messages/copyFile': ({ messageId }) => withFile(messageId, copyFile),
    'messages/reveal': ({ messageId }) => withFile(messageId, (path) => shell.showItemInFolder(path)),
    async 'messages/startDrag'({ messageId }) {
      const subject = { kind: 'message', id: messageId } as const
      const from = window()
      if (!from || exports.name(subject) === null) return failed({ kind: 'message-gone' })
      const file = await exports.prepare(subject)
      if (!file.ok) return failed({ kind: 'not-ready' })
      const poster = services.playback.poster(messageId)
      dragOut(from, file.value.path, poster?.path ?? null, paths.icon)
      return ok(null)
    },
  }
}
