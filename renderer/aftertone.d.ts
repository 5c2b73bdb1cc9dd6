import type { AftertoneApi } from '../preload/contract'

declare global {
  /** Put there by the preload; only `app/bridge.ts` reads it. */
  var aftertone: AftertoneApi
}
