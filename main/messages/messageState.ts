import type { MessageState, SendProblem } from '../../preload/contract/messages'
import { assertNever } from '../../preload/contract/result'

/** What may happen to a message that we sent. */
export type OutgoingEvent =
  | { type: 'progress'; fraction: number }
  /** The attempt ended early; the outbox tries again. */
  | { type: 'interrupted' }
  | { type: 'stored' }
  | { type: 'received' }
  | { type: 'played'; at: number }
  | { type: 'failed'; problem: SendProblem }
  | { type: 'retry' }

/** What may happen to a message that we were sent. */
export type IncomingEvent =
  | { type: 'progress'; fraction: number }
  /** The file is here, and it is what was announced. */
  | { type: 'fetched' }
  | { type: 'played'; at: number }
  | { type: 'failed'; problem: SendProblem }
  | { type: 'retry' }

/**
 * The next state of an outgoing message. Receipts come from another machine, so they may arrive twice, late
 * or in any order: what was delivered never goes back, and what was played is final.
 */
export function outgoingState(state: MessageState, event: OutgoingEvent): MessageState | 'not-allowed' {
  switch (state.phase) {
    case 'waiting':
    case 'sending':
      return onItsWay(event)
    case 'stored':
      return event.type === 'received' || event.type === 'played' || event.type === 'failed'
        ? onItsWay(event)
        : 'not-allowed'
    case 'delivered':
      return event.type === 'played' ? onItsWay(event) : 'not-allowed'
    case 'failed':
      if (event.type === 'retry') return { phase: 'waiting' }
      // A receipt that was slower than our patience is still the truth.
      return event.type === 'received' || event.type === 'played' ? onItsWay(event) : 'not-allowed'
    case 'played':
    case 'fetching':
    case 'unplayed':
      return 'not-allowed'
    default:
      return assertNever(state)
  }
}

function onItsWay(event: OutgoingEvent): MessageState | 'not-allowed' {
  switch (event.type) {
    case 'progress':
      return { phase: 'sending', progress: within01(event.fraction) }
    case 'interrupted':
      return { phase: 'waiting' }
    case 'stored':
      return { phase: 'stored' }
    case 'received':
      return { phase: 'delivered' }
    case 'played':
      return { phase: 'played', at: event.at }
    case 'failed':
      return { phase: 'failed', problem: event.problem }
    case 'retry':
      return 'not-allowed'
    default:
      return assertNever(event)
  }
}

/** The next state of an incoming message. */
export function incomingState(state: MessageState, event: IncomingEvent): MessageState | 'not-allowed' {
  switch (state.phase) {
    case 'fetching':
      return whileFetching(event)
    case 'unplayed':
      return event.type === 'played' ? { phase: 'played', at: event.at } : 'not-allowed'
    case 'failed':
      return event.type === 'retry' ? { phase: 'fetching', progress: 0 } : 'not-allowed'
    case 'played':
    case 'waiting':
    case 'sending':
    case 'stored':
    case 'delivered':
      return 'not-allowed'
    default:
      return assertNever(state)
  }
}

function whileFetching(event: IncomingEvent): MessageState | 'not-allowed' {
  switch (event.type) {
    case 'progress':
      return { phase: 'fetching', progress: within01(event.fraction) }
    case 'fetched':
      return { phase: 'unplayed' }
    case 'failed':
      return { phase: 'failed', problem: event.problem }
    case 'played':
    case 'retry':
      return 'not-allowed'
    default:
      return assertNever(event)
  }
}

/** A message can be taken back until somebody else has it. */
export function mayCancel(state: MessageState): boolean {
  return state.phase === 'waiting' || state.phase === 'sending' || state.phase === 'failed'
}

const within01 = (fraction: number) => Math.min(1, Math.max(0, fraction))
