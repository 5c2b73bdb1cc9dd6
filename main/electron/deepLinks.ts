import type { App } from 'electron'
import { readInviteLink } from './inviteLink'
import { findInvite } from './launchOptions'

type DeepLinkParts = {
  app: App
  /** A link of ours was opened while the app runs, or started it (macOS). */
  opened(link: string): void
  /** The app was started a second time without a link. */
  startedAgain(): void
}

/** Links and second starts come by three ways: macOS's `open-url`, and another process's command line. */
export function listenForLinks({ app, opened, startedAgain }: DeepLinkParts): void {
  app.on('open-url', (event, url) => {
    event.preventDefault()
    const link = readInviteLink(url)
    if (link) opened(link)
  })
  app.on('second-instance', (_event, argv) => {
    const link = findInvite(argv)
    if (link) opened(link)
    else startedAgain()
  })
}

/** Only a package registers itself: a checkout must not take the links of an installed app. */
export function claimLinks(app: App): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient('aftertone')
}
