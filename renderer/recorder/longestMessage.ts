import type { Medium } from '../../preload/contract/ids'

/** Longest message of each kind, where the person called takes no shorter one. */
export const longestMessageMs: Record<Medium, number> = { video: 180_000, audio: 300_000 }
