import type { Address } from '../network'
import type { Packet } from './packet'

/** A call that is over. `lastWord`: what we said last, to say again to an end that still speaks of it. */
export type PastCall = { peer: Address; lastWord: Packet | null }

export type PastCalls = {
  remember(callId: string, call: PastCall): void
  find(callId: string): PastCall | undefined
  /** The last word did not get through. */
  couldNotSay(callId: string): void
  /** The last words that a peer has not heard; they are told now. */
  takeUnsaid(peer: Address): Packet[]
}

const MOST_CALLS = 200

/** Calls of late: for "is recording", which is said after a call, and for answering what comes twice. */
export function createPastCalls(): PastCalls {
  const calls = new Map<string, PastCall>()
  const unsaid = new Set<string>()
  return {
    remember(callId, call) {
      calls.delete(callId)
      calls.set(callId, call)
      for (const oldest of calls.keys()) {
        if (calls.size <= MOST_CALLS) break
        calls.delete(oldest)
        unsaid.delete(oldest)
      }
    },
    find: (callId) => calls.get(callId),
    couldNotSay(callId) {
      if (calls.has(callId)) unsaid.add(callId)
    },
    takeUnsaid(peer) {
      const due = [...unsaid].filter((callId) => calls.get(callId)?.peer === peer)
      for (const callId of due) unsaid.delete(callId)
      return due.flatMap((callId) => calls.get(callId)?.lastWord ?? [])
    },
  }
}
