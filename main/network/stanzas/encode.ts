import type { Registry } from 'stanza/jxt/index.js'
import type { Accepts } from '../../../preload/contract/people'
import { assertNever } from '../../../preload/contract/result'
import type { MediaFile } from '../network'
import type { Packet, RejectReason } from '../session/packet'
import type { JingleMessage } from './definitions'
import { encodeJingle } from './jingle'
import { sendable } from './plainText'

/** One stanza as stanza's JXT takes it: the name of its element, and its content as JSON. */
export type StanzaJson = { element: 'message' | 'iq' | 'presence'; json: Record<string, unknown> }

export type Encode = (packet: Packet, to: string) => string

/** Writes packets as XMPP; some are more than one stanza. */
export function createEncoder(registry: Registry): Encode {
  return (packet, to) =>
    stanzasOf(packet)
      .map(({ element, json }) => registry.export(element, { to, ...json })?.toString() ?? '')
      .join('')
}

const message = (json: Record<string, unknown>): StanzaJson => ({
  element: 'message',
  json: { type: 'chat', ...json, processingHints: { store: true } },
})

const callMessage = (jingleMessage: JingleMessage, json: Record<string, unknown> = {}): StanzaJson =>
  message({ jingleMessage, ...json })

const acceptsJson = (accepts: Accepts | null) =>
  accepts === null ? {} : { accepts: { ...accepts, note: sendable(accepts.note) } }

const delayJson = (sentAt: number) => ({ delay: { timestamp: new Date(sentAt) } })

/** XEP-0353 has few reasons; "not allowed" travels as a plain decline with our own word beside it. */
const rejectReasons: Record<RejectReason, Pick<JingleMessage, 'reason' | 'ownReason' | 'tieBreak'>> = {
  declined: { reason: 'decline' },
  busy: { reason: 'busy' },
  unanswered: { reason: 'timeout' },
  'not-allowed': { reason: 'decline', ownReason: 'not-allowed' },
  'tie-break': { reason: 'expired', tieBreak: true },
}
const retractReasons = {
  cancelled: { reason: 'cancel' },
  unanswered: { reason: 'timeout' },
  'tie-break': { reason: 'expired', tieBreak: true },
}

function stanzasOf(packet: Packet): StanzaJson[] {
  switch (packet.kind) {
    case 'propose': {
      const { callId, media, ringSeconds, accepts, name } = packet
      return [
        callMessage(
          { action: 'propose', id: callId, media: mediaList(media) },
          {
            ...(ringSeconds !== null && { ring: { seconds: ringSeconds } }),
            ...acceptsJson(accepts),
            nick: sendable(name),
          },
        ),
      ]
    }
    case 'ringing':
      return [callMessage({ action: 'ringing', id: packet.callId }, acceptsJson(packet.accepts))]
    case 'proceed':
      return [callMessage({ action: 'proceed', id: packet.callId })]
    case 'reject': {
      const { callId, reason, accepts } = packet
      return [callMessage({ action: 'reject', id: callId, ...rejectReasons[reason] }, acceptsJson(accepts))]
    }
    case 'retract':
      return [callMessage({ action: 'retract', id: packet.callId, ...retractReasons[packet.reason] })]
    case 'finish': {
      const reason = packet.reason === 'hung-up' ? 'success' : 'connectivity-error'
      return [callMessage({ action: 'finish', id: packet.callId, reason })]
    }
    case 'initiate':
    case 'answer':
    case 'candidate':
    case 'restart':
    case 'mute':
    case 'terminate':
    case 'ping':
    case 'done':
    case 'unknown-call':
      return [{ element: 'iq', json: encodeJingle(packet) }]
    case 'probe':
      return [{ element: 'iq', json: { type: 'get', id: packet.requestId, ping: true } }]
    case 'recording':
      return [
        {
          element: 'message',
          json: { type: 'chat', recording: { id: packet.callId, on: packet.on } },
        },
      ]
    case 'note': {
      const { id, callId, sentAt, text } = packet
      return [
        message({
          id,
          body: sendable(text),
          callMessage: { id: callId, kind: 'text' },
          ...delayJson(sentAt),
          ...asksForReceipt,
        }),
      ]
    }
    case 'file': {
      const { id, callId, sentAt, file, source } = packet
      return [message({ id, ...fileJson(file, source, callId), ...delayJson(sentAt), ...asksForReceipt })]
    }
    case 'missed-call': {
      const { id, callId, sentAt, media, name } = packet
      return [
        callMessage(
          { action: 'propose', id: callId, media: mediaList(media) },
          { id, nick: sendable(name), ...delayJson(sentAt), ...asksForReceipt },
        ),
        callMessage({ action: 'retract', id: callId, reason: 'timeout' }, delayJson(sentAt)),
      ]
    }
    case 'receipt':
      return [{ element: 'message', json: { type: 'chat', ...receiptJson(packet) } }]
    case 'hello': {
      const type = packet.saved ? { type: 'subscribe' } : {}
      const listening = packet.port === null ? {} : { listening: { port: packet.port } }
      return [{ element: 'presence', json: { ...type, nick: sendable(packet.name), ...listening } }]
    }
    default:
      return assertNever(packet)
  }
}

/** A video call proposes both media, as other clients do. */
const mediaList = (media: 'audio' | 'video'): string[] => (media === 'video' ? ['audio', 'video'] : ['audio'])

const asksForReceipt = { receipt: { type: 'request' }, marker: { type: 'markable' } }

function receiptJson({ id, state }: Packet & { kind: 'receipt' }): Record<string, unknown> {
  switch (state) {
    case 'received':
      return { receipt: { type: 'received', id } }
    case 'played':
      return { marker: { type: 'displayed', id } }
    case 'refused':
    case 'damaged':
      return { answer: { id, state } }
    default:
      return assertNever(state)
  }
}

/** The link stands three times: for us and Dino (XEP-0447), as out-of-band data, and as text for all others. */
function fileJson(file: MediaFile, source: string, callId: string): Record<string, unknown> {
  const peaks = file.waveform === null ? {} : { peaks: Buffer.from(file.waveform).toString('base64') }
  return {
    body: source,
    links: [{ url: source }],
    fallback: { for: 'urn:xmpp:sfs:0' },
    fileSharing: {
      disposition: 'inline',
      file: {
        mediaType: file.mimeType,
        size: file.size,
        length: Math.round(file.durationMs),
        ...(file.width !== null && file.height !== null && { width: file.width, height: file.height }),
        hashes: [{ algorithm: 'sha-256', value: Buffer.from(file.sha256, 'hex') }],
        ...(file.poster !== null && {
          thumbnail: {
            uri: `data:image/jpeg;base64,${Buffer.from(file.poster).toString('base64')}`,
            mediaType: 'image/jpeg',
          },
        }),
      },
      sources: { urls: [{ target: source }] },
    },
    callMessage: { id: callId, kind: file.kind, ...peaks },
  }
}
