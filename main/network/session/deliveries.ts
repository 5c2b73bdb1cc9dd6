import type { Result } from '../../../preload/contract/result'
import { failed, ok } from '../../../preload/contract/result'
import type { Clock } from '../../clock'
import type { Address, DeliverFailure, Delivery, MediaFile, Network } from '../network'
import type { EventQueue } from './eventQueue'
import type { MessagePacket, Packet, ReceiptState, Wire } from './packet'

/** Makes a file available to one peer; `withdraw` ends that. Null: the file is not there as described. */
export type OfferFile = (offer: {
  to: Address
  path: string
  file: MediaFile
  progress: (bytes: number) => void
}) => Promise<{ source: string; withdraw: () => void } | null>

export type Deliveries = Pick<Network, 'deliver' | 'acknowledge'> & {
  heard(from: Address, packet: MessagePacket): void
  /** They can be reached again: says what could not be said. */
  inReach(peer: Address): void
  unlinked(peer: Address): void
  /** Interrupts every delivery. */
  stop(): void
}

/** A peer that neither fetches nor answers for this long has lost interest; the outbox tries again later. */
const IDLE_LIMIT_MS = 30_000
const MOST_UNSAID_RECEIPTS = 500

type Outcome = Result<'stored' | 'received', DeliverFailure>
type Unsaid = { to: Address; packet: Packet }
type Waiting = { to: Address; settle: (outcome: Outcome) => void }

/** Hands messages over and waits for the word that they arrived whole; passes on what others hand to us. */
export function createDeliveries({
  wire,
  clock,
  emit,
  offerFile,
  ourName,
  mayCall,
}: {
  wire: Wire
  clock: Clock
  emit: EventQueue['emit']
  offerFile: OfferFile
  ourName: () => string
  /** Whether we take another call of theirs into our history. */
  mayCall: (from: Address, callId: string) => boolean
}): Deliveries {
  const waiting = new Map<string, Waiting>()
  let unsaid: Unsaid[] = []

  /** "Played" may be said days later; it waits for the sender to come by, as long as we run. */
  function say(to: Address, id: string, state: ReceiptState): void {
    const receipt: Unsaid = { to, packet: { kind: 'receipt', id, state } }
    unsaid = [...unsaid, receipt].slice(-MOST_UNSAID_RECEIPTS)
    post(receipt)
  }

  function post(receipt: Unsaid): void {
    void wire.send(receipt.to, receipt.packet).then((sent) => {
      if (sent) unsaid = unsaid.filter((one) => one !== receipt)
    })
  }

  /** Resolves with what the peer answers, or with what came in between. */
  async function exchange(
    delivery: Delivery,
    packet: Packet,
    stop: AbortSignal,
    onActivity: (reset: () => void) => void,
  ): Promise<Outcome> {
    if (waiting.has(delivery.id)) return failed({ kind: 'interrupted' })
    let stopIdle = (): void => {}
    let onAbort = (): void => {}
    const answered = new Promise<Outcome>((settle) => {
      waiting.set(delivery.id, { to: delivery.to, settle })
      onAbort = () => settle(failed({ kind: 'cancelled' }))
      stop.addEventListener('abort', onAbort)
      const watch = (): void => {
        stopIdle()
        stopIdle = clock.after(IDLE_LIMIT_MS, () => settle(failed({ kind: 'interrupted' })))
      }
      onActivity(watch)
      watch()
    })
    try {
      const sent = wire.send(delivery.to, packet)
      const first = await Promise.race([answered, sent])
      if (first === false) return failed({ kind: 'unreachable' })
      return await answered
    } finally {
      waiting.delete(delivery.id)
      stopIdle()
      stop.removeEventListener('abort', onAbort)
    }
  }

  async function deliver(
    delivery: Delivery,
    progress: (bytes: number) => void,
    stop: AbortSignal,
  ): Promise<Outcome> {
    if (stop.aborted) return failed({ kind: 'cancelled' })
    const { id, callId, sentAt } = delivery
    if (delivery.kind === 'note') {
      return exchange(delivery, { kind: 'note', id, callId, sentAt, text: delivery.text }, stop, () => {})
    }
    if (delivery.kind === 'missed-call') {
      const { media } = delivery
      return exchange(
        delivery,
        { kind: 'missed-call', id, callId, sentAt, media, name: ourName() },
        stop,
        () => {},
      )
    }
    let active = (): void => {}
    const offer = await offerFile({
      to: delivery.to,
      path: delivery.path,
      file: delivery.file,
      progress: (bytes) => {
        active()
        progress(bytes)
      },
    })
    if (!offer) return failed({ kind: 'file-lost' })
    try {
      const packet: Packet = { kind: 'file', id, callId, sentAt, file: delivery.file, source: offer.source }
      return await exchange(delivery, packet, stop, (reset) => {
        active = reset
      })
    } finally {
      active = () => {}
      offer.withdraw()
    }
  }

  function heardReceipt(from: Address, id: string, state: ReceiptState): void {
    const entry = waiting.get(id)
    const settle = entry?.to === from ? entry.settle : null
    switch (state) {
      case 'received':
      case 'played':
        settle?.(ok('received'))
        emit({ type: 'receipt', id, from, state })
        return
      case 'refused':
      case 'damaged':
        settle?.(failed({ kind: state }))
        return
    }
  }

  return {
    deliver,
    acknowledge: ({ id, from }, state) => say(from, id, state),
    heard(from, packet) {
      switch (packet.kind) {
        case 'note': {
          const { id, callId, sentAt, text } = packet
          emit({ type: 'arrival', arrival: { kind: 'note', id, from, callId, sentAt, text } })
          return
        }
        case 'file': {
          const { id, callId, sentAt, file, source } = packet
          emit({ type: 'arrival', arrival: { kind: 'file', id, from, callId, sentAt, file, source } })
          return
        }
        case 'missed-call': {
          const { id, callId, sentAt, media, name } = packet
          // Not acknowledged either: an honest sender tells it again later.
          if (!mayCall(from, callId)) return
          emit(
            { type: 'call', callId, from, name, media, at: sentAt, live: false, ringSeconds: null },
            // The services have it in their history by now, and no one else will answer for it.
            () => say(from, id, 'received'),
          )
          return
        }
        case 'receipt':
          heardReceipt(from, packet.id, packet.state)
          return
      }
    },
    inReach(peer) {
      for (const receipt of unsaid) if (receipt.to === peer) post(receipt)
    },
    unlinked(peer) {
      for (const { to, settle } of waiting.values()) {
        if (to === peer) settle(failed({ kind: 'interrupted' }))
      }
    },
    stop() {
      for (const { settle } of waiting.values()) settle(failed({ kind: 'interrupted' }))
    },
  }
}
