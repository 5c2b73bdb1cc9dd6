import { Message, type MessageBus, sessionBus } from '@jellybrick/dbus-next'

/** What a notification daemon was asked to show. */
export type ShownNotification = {
  id: number
  app: string
  title: string
  body: string
  closed: boolean
}

/**
 * A notification daemon in plain JavaScript on the test's own session bus: what the app shows arrives here as it would on
 * a desktop, and clicking one reaches the app. Start it before the app.
 */
export type DesktopBus = {
  notifications: ShownNotification[]
  click(id: number): void
  stop(): void
}

const NAME = 'org.freedesktop.Notifications'
const PATH = '/org/freedesktop/Notifications'
const CLOSED_BY_CALL = 3

type Reply = [signature: string, body: unknown[]]

export async function startDesktopBus(): Promise<DesktopBus> {
  const bus: MessageBus = sessionBus()
  const notifications: ShownNotification[] = []
  const signal = (member: string, signature: string, body: unknown[]) =>
    bus.send(Message.newSignal(PATH, NAME, member, signature, body))
  const close = (id: number, reason: number) => {
    const shown = notifications.find((notification) => notification.id === id)
    if (!shown || shown.closed) return
    shown.closed = true
    signal('NotificationClosed', 'uu', [id, reason])
  }

  const replies: Record<string, (message: Message) => Reply> = {
    GetCapabilities: () => ['as', [['actions', 'body', 'persistence']]],
    GetServerInformation: () => ['ssss', ['test', 'aftertone', '1', '1.2']],
    Notify: ({ body: [app, , , title, body] }) => {
      const id = notifications.length + 1
      notifications.push({ id, app: String(app), title: String(title), body: String(body), closed: false })
      return ['u', [id]]
    },
    CloseNotification: ({ body: [id] }) => {
      close(Number(id), CLOSED_BY_CALL)
      return ['', []]
    },
  }
  bus.addMethodHandler((message) => {
    const reply = message.path === PATH ? replies[message.member ?? ''] : undefined
    if (!reply) return false
    bus.send(Message.newMethodReturn(message, ...reply(message)))
    return true
  })
  await bus.requestName(NAME, 0)

  return {
    notifications,
    click: (id) => signal('ActionInvoked', 'us', [id, 'default']),
    stop: () => bus.disconnect(),
  }
}
