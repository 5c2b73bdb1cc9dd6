import type { Action } from '@reduxjs/toolkit'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Provider } from 'react-redux'
import { bridge } from './app/bridge'
import { forwardBridgeEvents } from './app/bridgeEvents'
import { showLook } from './app/showLook'
import { createStore } from './app/store'
import { CallPanel } from './call/CallPanel'
import { App } from './shell/App'
import './styles/tokens.css'
import './styles/base.css'

/** The small window that rings loads the same page with this hash. */
const isPanel = () => window.location.hash === '#panel'

async function start(place: HTMLElement): Promise<void> {
  // Main may tell something as soon as the page is there (which call to show, say): keep it until the store is.
  const early: Action[] = []
  let tell: (action: Action) => void = (action) => early.push(action)
  forwardBridgeEvents(bridge, (action) => tell(action))
  const [desktop, settings] = await Promise.all([bridge.desktop.info(), bridge.settings.get()])
  document.documentElement.dataset.platform = desktop.platform
  document.documentElement.dataset.window = isPanel() ? 'panel' : 'main'
  const store = createStore(bridge, { desktop, settings })
  tell = store.dispatch
  for (const action of early) store.dispatch(action)
  showLook(store)
  createRoot(place).render(
    <StrictMode>
      <Provider store={store}>{isPanel() ? <CallPanel /> : <App />}</Provider>
    </StrictMode>,
  )
}

const place = document.getElementById('root')
if (place !== null) void start(place)
