import type { Address } from '../network'
import type { Packet } from './packet'

/** A call that is over. `lastWord`: what we said last, to say again to an end that still speaks of it. */
export type PastCall = { peer: Address; lastWord: Packet | null }

export type PastCalls = {
  remember(callId: string, call: PastCall): void
  find(callId: string): PastCall | undefined
}

const MOST_CALLS = 200

/** Calls of late: for "is recording", which is said after a call, and for answering what comes late or twice. */
export function createPastCalls(): PastCalls {
  const calls = new Map<string, PastCall>()
  return {
    remember(callId, call) {
      calls.delete(callId)
      calls.set(callId, call)
      const [oldest] = calls.keys()
      if (calls.size > MOST_CALLS && oldest !== undefined) calls.delete(oldest)
    },
    find: (callId) => calls.get(callId),
  }
}
