import { expect } from 'vitest'

/** Waits for a state. Generous, since two cores may be shared with ffmpeg; it costs nothing when the state is there. */
export const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 20_000, interval: 20 })
