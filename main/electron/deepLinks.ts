import type { App } from 'electron'
import { readInviteLink } from './inviteLink'
import { findInvite } from './launchOptions'

export type DeepLinks = {
  /** From now on links and second starts go there; what came earlier goes there at once. */
  deliver(to: { opened(link: string): void; startedAgain(): void }): void
}

/**
 * Links and second starts come by three ways: our own command line, another process's, and macOS's `open-url`, which may
 * come before Electron is ready.
 */
export function listenForLinks(app: App, first: string | null): DeepLinks {
  let waiting = first
  let receiver: Parameters<DeepLinks['deliver']>[0] | null = null

  function opened(link: string): void {
    if (receiver) receiver.opened(link)
    else waiting = link
  }

  app.on('open-url', (event, url) => {
    event.preventDefault()
    const link = readInviteLink(url)
    if (link) opened(link)
  })
  app.on('second-instance', (_event, argv) => {
    const link = findInvite(argv)
    if (link) opened(link)
    else receiver?.startedAgain()
  })
  return {
    deliver(to) {
      receiver = to
      if (waiting) to.opened(waiting)
      waiting = null
    },
  }
}

/** Only a package registers itself: a checkout must not take the links of an installed app. */
export function claimLinks(app: App): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient('aftertone')
}
