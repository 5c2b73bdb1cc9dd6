import { Notification } from 'electron'
import type { HistoryEntry } from '../../preload/contract/history'
import type { Settings } from '../../preload/contract/settings'
import type { Log } from '../log'
import { notificationText } from './notificationText'

/** Whether the person was told, and why not. */
export type Shown = { shown: true } | { shown: false; why: 'not-supported' }

export type Notifications = {
  /** One notification a call: a message takes the place of its missed call's. */
  show(entry: HistoryEntry): Shown
  /** The call was seen: its notification goes. */
  withdraw(callId: string): void
}

type NotificationParts = {
  icon: string
  /** Our window has the focus: still said, since nobody may sit there, but without a sound. */
  quiet(): boolean
  clicked(callId: string): void
  /** How much of it may be read on the screen. */
  preview(): Settings['notificationPreview']
  log: Log
}

export function createNotifications({
  icon,
  quiet,
  clicked,
  preview,
  log,
}: NotificationParts): Notifications {
  // Held on to, since a collected Notification loses its click.
  const open = new Map<string, Notification>()

  function withdraw(callId: string): void {
    open.get(callId)?.close()
    open.delete(callId)
  }

  return {
    withdraw,
    show(entry) {
      const callId = entry.call.id
      withdraw(callId)
      if (!Notification.isSupported()) return { shown: false, why: 'not-supported' }
      const notification = new Notification({ ...notificationText(entry, preview()), icon, silent: quiet() })
      notification.on('click', () => {
        withdraw(callId)
        clicked(callId)
      })
      notification.on('failed', (_event, error) => log.warn('a notification was not shown', { error }))
      open.set(callId, notification)
      notification.show()
      return { shown: true }
    },
  }
}
