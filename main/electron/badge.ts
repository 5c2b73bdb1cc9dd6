import { type App, type BrowserWindow, nativeImage } from 'electron'
import type { Unseen } from '../../preload/contract/history'

export const badgeCount = ({ missedCalls, messages }: Unseen): number => missedCalls + messages

type BadgeParts = { app: App; overlay: string; window(): BrowserWindow | null }

/** The Dock's or the taskbar's count of what was not seen; Windows has an overlay in place of a number. */
export function showBadge({ app, overlay, window }: BadgeParts, unseen: Unseen): void {
  const count = badgeCount(unseen)
  if (process.platform !== 'win32') {
    app.setBadgeCount(count)
    return
  }
  const image = count > 0 ? nativeImage.createFromPath(overlay) : null
  window()?.setOverlayIcon(image, count > 0 ? `${count} not seen yet` : '')
}
