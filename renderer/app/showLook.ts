import { selectSettings } from '../settings/settingsSlice'
import type { AppStore } from './store'

/** Keeps the page in the look that the settings ask for; the tokens know what each means. */
export function showLook(store: AppStore): () => void {
  const show = () => {
    document.documentElement.dataset.look = selectSettings(store.getState()).look
  }
  show()
  return store.subscribe(show)
}
