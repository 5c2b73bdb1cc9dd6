import { contextBridge, ipcRenderer } from 'electron'
import { allEvents, allInputs } from './contract'

type Listener = (event: unknown) => void

/** Sorts `feature/name` into `{ feature: { name } }`, which is what `AftertoneApi` says. */
function byFeature<Member>(channels: string[], make: (channel: string) => Member) {
  const features: Record<string, Record<string, Member>> = {}
  for (const channel of channels) {
    const [feature = '', name = ''] = channel.split('/')
    features[feature] = { ...features[feature], [name]: make(channel) }
  }
  return features
}

const requests = byFeature(
  Object.keys(allInputs),
  (channel) => (input?: unknown) => ipcRenderer.invoke(channel, input),
)

const events = byFeature(Object.keys(allEvents), (channel) => (listener: Listener) => {
  // The page gets the event's value only: Electron's own event object would hand it the sender.
  const hear = (_event: unknown, value: unknown) => listener(value)
  ipcRenderer.on(channel, hear)
  return () => {
    ipcRenderer.off(channel, hear)
  }
})

contextBridge.exposeInMainWorld('aftertone', { ...requests, on: events })
