import type { AftertoneApi } from '../../preload/contract'

/**
 * What the main process offers. Components and services call it directly; thunks get it as `extra.bridge`, so that
 * tests pass their own. Undefined outside a window of the app.
 */
export const bridge: AftertoneApi = globalThis.aftertone
