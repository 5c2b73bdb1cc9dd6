import path from 'node:path'
import { type App, type BrowserWindow, clipboard } from 'electron'
import type { AllRequests } from '../../preload/contract'
import type { Handlers } from '../../preload/contract/channels'
import type { DesktopInfo } from '../../preload/contract/desktop'
import { failed, ok } from '../../preload/contract/result'
import type { Exportable } from '../messages/exportedFiles'
import type { Services } from '../services'
import type { AppPaths } from './appPaths'
import { askWhereToSave } from './dialogs'
import { dragOut } from './dragOut'
import { askForMedia, openMediaSettings } from './mediaAccess'

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

  return {
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

    'takes/saveAs': ({ takeId }) => saveAs({ kind: 'take', id: takeId }),
    'messages/saveAs': ({ messageId }) => saveAs({ kind: 'message', id: messageId }),
    async 'messages/copyText'({ messageId }) {
      const text = services.noteText(messageId)
      if (text === null) return failed({ kind: 'message-gone' })
      await clipboard.writeText(text)
      return ok(null)
    },
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
