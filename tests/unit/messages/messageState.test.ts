import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type IncomingEvent,
  incomingState,
  mayCancel,
  type OutgoingEvent,
  outgoingState,
} from '../../../main/messages/messageState'
import type { MessageState } from '../../../preload/contract/messages'

const states: Record<MessageState['phase'], MessageState> = {
  waiting: { phase: 'waiting' },
  sending: { phase: 'sending', progress: 0.4 },
  stored: { phase: 'stored' },
  delivered: { phase: 'delivered' },
  played: { phase: 'played', at: 7 },
  failed: { phase: 'failed', problem: 'network' },
  fetching: { phase: 'fetching', progress: 0.4 },
  unplayed: { phase: 'unplayed' },
}
type Row<Event extends { type: string }> = Record<Event['type'], MessageState['phase'] | 'not-allowed'>
const no = 'not-allowed'
const never = { progress: no, fetched: no, played: no, failed: no, retry: no } as const
const neverSent = {
  progress: no,
  interrupted: no,
  stored: no,
  received: no,
  played: no,
  failed: no,
  retry: no,
} as const

const outgoingEvents: Record<OutgoingEvent['type'], OutgoingEvent> = {
  progress: { type: 'progress', fraction: 0.5 },
  interrupted: { type: 'interrupted' },
  stored: { type: 'stored' },
  received: { type: 'received' },
  played: { type: 'played', at: 9 },
  failed: { type: 'failed', problem: 'damaged' },
  retry: { type: 'retry' },
}
const onItsWay: Row<OutgoingEvent> = {
  progress: 'sending',
  interrupted: 'waiting',
  stored: 'stored',
  received: 'delivered',
  played: 'played',
  failed: 'failed',
  retry: no,
}
const outgoingTable: Record<MessageState['phase'], Row<OutgoingEvent>> = {
  waiting: onItsWay,
  sending: onItsWay,
  stored: { ...neverSent, received: 'delivered', played: 'played', failed: 'failed' },
  delivered: { ...neverSent, played: 'played' },
  played: neverSent,
  failed: { ...neverSent, received: 'delivered', played: 'played', retry: 'waiting' },
  fetching: neverSent,
  unplayed: neverSent,
}

const incomingEvents: Record<IncomingEvent['type'], IncomingEvent> = {
  progress: { type: 'progress', fraction: 0.5 },
  fetched: { type: 'fetched' },
  played: { type: 'played', at: 9 },
  failed: { type: 'failed', problem: 'damaged' },
  retry: { type: 'retry' },
}
const incomingTable: Record<MessageState['phase'], Row<IncomingEvent>> = {
  fetching: { progress: 'fetching', fetched: 'unplayed', played: no, failed: 'failed', retry: no },
  unplayed: { ...never, played: 'played' },
  played: never,
  failed: { ...never, retry: 'fetching' },
  waiting: never,
  sending: never,
  stored: never,
  delivered: never,
}

const phaseOf = (state: MessageState | 'not-allowed') => (state === no ? no : state.phase)
const typesOf = <Type extends string>(events: Record<Type, unknown>) => Object.keys(events) as Type[]

describe('an outgoing message', () => {
  for (const phase of typesOf(outgoingTable)) {
    for (const type of typesOf(outgoingEvents)) {
      const expected = outgoingTable[phase][type]
      it(`${phase} + ${type} -> ${expected}`, () => {
        expect(phaseOf(outgoingState(states[phase], outgoingEvents[type]))).toBe(expected)
      })
    }
  }

  it('keeps when it was played, why it failed and how far it is', () => {
    expect(outgoingState(states.delivered, { type: 'played', at: 42 })).toEqual({ phase: 'played', at: 42 })
    expect(outgoingState(states.sending, { type: 'failed', problem: 'file-lost' })).toEqual({
      phase: 'failed',
      problem: 'file-lost',
    })
    expect(outgoingState(states.waiting, { type: 'progress', fraction: 1.2 })).toEqual({
      phase: 'sending',
      progress: 1,
    })
  })

  it('can be taken back only until somebody else has it', () => {
    expect(typesOf(states).filter((phase) => mayCancel(states[phase]))).toEqual([
      'waiting',
      'sending',
      'failed',
    ])
  })

  it('never goes back from delivered, nor on from played, in whatever order events come', () => {
    const events = fc.array(fc.constantFrom(...Object.values(outgoingEvents)), { maxLength: 40 })
    fc.assert(
      fc.property(events, (sequence) => {
        let state: MessageState = states.waiting
        let arrived = false
        for (const event of sequence) {
          const next = outgoingState(state, event)
          if (state.phase === 'played') expect(next).toBe(no)
          if (next !== no) state = next
          arrived ||= event.type === 'played' || event.type === 'received'
          if (arrived) expect(['delivered', 'played']).toContain(state.phase)
        }
        expect(state.phase === 'played').toBe(sequence.some((event) => event.type === 'played'))
      }),
    )
  })
})

describe('an incoming message', () => {
  for (const phase of typesOf(incomingTable)) {
    for (const type of typesOf(incomingEvents)) {
      const expected = incomingTable[phase][type]
      it(`${phase} + ${type} -> ${expected}`, () => {
        expect(phaseOf(incomingState(states[phase], incomingEvents[type]))).toBe(expected)
      })
    }
  }

  it('is never lost once it is here, in whatever order events come', () => {
    const events = fc.array(fc.constantFrom(...Object.values(incomingEvents)), { maxLength: 40 })
    fc.assert(
      fc.property(events, (sequence) => {
        let state: MessageState = states.fetching
        let here = false
        for (const event of sequence) {
          const next = incomingState(state, event)
          if (next !== no) state = next
          here ||= state.phase === 'unplayed'
          expect(here).toBe(state.phase === 'unplayed' || state.phase === 'played')
        }
      }),
    )
  })
})
