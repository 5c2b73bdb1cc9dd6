import type { Log } from '../../log'
import type { NetworkEvent } from '../network'

export type EventQueue = {
  listen(hear: (event: NetworkEvent) => void): () => void
  /** `afterwards` runs once every listener has heard it, and not at all when one of them failed. */
  emit(event: NetworkEvent, afterwards?: () => void): void
}

/** Hands events out in order, and never during the call that caused them: no service is re-entered. */
export function createEventQueue(log: Log): EventQueue {
  const listeners = new Set<(event: NetworkEvent) => void>()
  function deliver(event: NetworkEvent, afterwards?: () => void): void {
    let heard = true
    for (const hear of [...listeners]) {
      try {
        hear(event)
      } catch (error) {
        heard = false
        log.error(`a listener failed on ${event.type}`, error)
      }
    }
    if (heard) afterwards?.()
  }
  return {
    listen(hear) {
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
    emit: (event, afterwards) => queueMicrotask(() => deliver(event, afterwards)),
  }
}
