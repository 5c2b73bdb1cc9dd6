import { contextBridge, ipcRenderer } from 'electron'
import { allEvents, allInputs } from './contract'

type Listener = (event: unknown) => void

/** So many events wait for a page that is still starting; more than a call and its candidates ever make. */
const MOST_WAITING = 500

/** Sorts `feature/name` into `{ feature: { name } }`, which is what `AftertoneApi` says. */
function byFeature<Member>(channels: string[], make: (channel: string) => Member) {
  const features: Record<string, Record<string, Member>> = {}
  for (const channel of channels) {
    const [feature = '', name = ''] = channel.split('/')
    features[feature] = { ...features[feature], [name]: make(channel) }
  }
  return features
}

const request = (channel: string) => (input?: unknown) => ipcRenderer.invoke(channel, input)

/**
 * The page gets an event's value only: Electron's own event object would hand it the sender. What comes before the page
 * first listens waits for it, so that a window opened for a call or a link misses neither.
 */
function subscription(channel: string) {
  const waiting: unknown[] = []
  const wait = (_event: unknown, value: unknown) => {
    if (waiting.length < MOST_WAITING) waiting.push(value)
  }
  ipcRenderer.on(channel, wait)
  return (listener: Listener) => {
    ipcRenderer.off(channel, wait)
    for (const value of waiting.splice(0)) listener(value)
    const hear = (_event: unknown, value: unknown) => listener(value)
    ipcRenderer.on(channel, hear)
    return () => {
      ipcRenderer.off(channel, hear)
    }
  }
}

contextBridge.exposeInMainWorld('aftertone', {
  ...byFeature(Object.keys(allInputs), request),
  on: byFeature(Object.keys(allEvents), subscription),
})
