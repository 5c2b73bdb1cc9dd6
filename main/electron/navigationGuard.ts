import type { App, Session } from 'electron'
import type { Log } from '../log'
import type { OurOrigin } from './origin'

/** No page of ours leads anywhere else, opens a window or holds a foreign frame; and no window asks the network. */
export function guardNavigation(app: App, ours: OurOrigin, log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void; url: string }) => {
      if (ours.owns(event.url)) return
      event.preventDefault()
      log.warn('a page tried to leave')
    }
    contents.on('will-navigate', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** What is not ours does not leave the process, even if the content security policy had a hole. */
export function guardNetwork(session: Session, ours: OurOrigin, log: Log): void {
  session.webRequest.onBeforeRequest((request, answer) => {
    const cancel = !ours.mayLoad(request.url)
    if (cancel) log.warn('a request to the network was stopped', { resourceType: request.resourceType })
    answer({ cancel })
  })
}
