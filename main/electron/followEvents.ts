import type { AllEvents } from '../../preload/contract'
import type { Call } from '../../preload/contract/calls'
import type { Publish } from '../../preload/contract/channels'
import type { Unseen } from '../../preload/contract/history'
import type { CallPanel } from './callPanel'
import { applyLook } from './look'
import type { MainWindow } from './mainWindow'
import type { OurWindows } from './ourWindows'

type FollowParts = {
  windows: OurWindows
  panel: CallPanel
  mainWindow: Pick<MainWindow, 'show' | 'prepare'>
  badge(unseen: Unseen): void
}

/** What the services publish goes to every window; some of it moves the windows themselves. */
export function followEvents({ windows, panel, mainWindow, badge }: FollowParts): Publish<AllEvents> {
  let answered: string | null = null

  function followCall(call: Call): void {
    panel.follow(call)
    if (call.direction !== 'in') return
    // Ready behind the panel, so that accepting needs no page to load.
    if (call.state.phase === 'ringing') mainWindow.prepare()
    if (call.state.phase === 'connecting' && answered !== call.id) {
      answered = call.id
      mainWindow.show()
    }
  }

  return (...published) => {
    windows.send(...published)
    const [channel, event] = published
    if (channel === 'calls/changed') followCall(event)
    if (channel === 'history/unseenChanged') badge(event)
    if (channel === 'settings/changed') applyLook(event)
  }
}
