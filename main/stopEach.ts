import type { Log } from './log'

/** Stops parts one after the other. One that fails is logged and keeps none of the others from stopping. */
export async function stopEach(log: Log, parts: Record<string, () => unknown>): Promise<void> {
  for (const [name, stop] of Object.entries(parts)) {
    try {
      await stop()
    } catch (error) {
      log.error(`${name} did not stop as it should`, error)
    }
  }
}
