import { exportToSDP, importFromSDP } from 'stanza/jingle/sdp/Intermediate.js'
import { convertIntermediateToRequest, convertRequestToIntermediate } from 'stanza/jingle/sdp/Protocol.js'
import { z } from 'zod'
import { id } from '../../../preload/contract/ids'
import { assertNever } from '../../../preload/contract/result'
import type { CallPacket, Packet } from '../session/packet'
import { filterCandidates, usableCandidate } from '../session/sdp'
import { candidateFromLine, candidateToLine } from './candidate'
import { ICE_UDP } from './namespaces'

type JinglePacket = Extract<CallPacket, { requestId: string }>
type Role = Parameters<typeof convertIntermediateToRequest>[1]

/** stanza's enum of the same two words. */
const INITIATOR = 'initiator' as Role
const RESPONDER = 'responder' as Role

/** The iq that says this packet (XEP-0166 with 0167, 0176, 0320, 0338). */
export function encodeJingle(packet: JinglePacket): Record<string, unknown> {
  const { kind, requestId } = packet
  if (kind === 'done') return { type: 'result', id: requestId }
  if (kind === 'unknown-call') {
    const error = { type: 'cancel', condition: 'item-not-found', jingleError: 'unknown-session' }
    return { type: 'error', id: requestId, error }
  }
  return { type: 'set', id: requestId, jingle: { sid: packet.callId, ...jingleOf(packet) } }
}

function jingleOf(packet: Exclude<JinglePacket, { kind: 'done' | 'unknown-call' }>): Record<string, unknown> {
  switch (packet.kind) {
    case 'initiate':
      return {
        action: 'session-initiate',
        ...convertIntermediateToRequest(importFromSDP(packet.sdp), INITIATOR, ICE_UDP),
      }
    case 'answer':
      return {
        action: 'session-accept',
        ...convertIntermediateToRequest(importFromSDP(packet.sdp), RESPONDER, ICE_UDP),
      }
    case 'candidate': {
      const { mid, usernameFragment, password } = packet
      const candidate = candidateFromLine(packet.candidate)
      const transport = { usernameFragment, password, candidates: candidate ? [candidate] : [] }
      return { action: 'transport-info', contents: [content(mid, transport)] }
    }
    case 'restart':
      return {
        action: 'transport-info',
        contents: packet.transports.map(({ mid, ...credentials }) => content(mid, credentials)),
      }
    case 'mute': {
      const infoType = packet.muted ? 'mute' : 'unmute'
      return { action: 'session-info', info: { infoType, creator: 'initiator', name: packet.mid } }
    }
    case 'terminate': {
      const condition = packet.reason === 'hung-up' ? 'success' : 'connectivity-error'
      return { action: 'session-terminate', reason: { condition } }
    }
    case 'ping':
      return { action: 'session-info' }
    default:
      return assertNever(packet)
  }
}

const content = (name: string, transport: Record<string, unknown>) => ({
  creator: 'initiator',
  name,
  transport: { transportType: ICE_UDP, ...transport },
})

const word = z.string().regex(/^[\w+/.:-]{1,256}$/)
const candidate = z.object({
  component: z.int(),
  foundation: word,
  generation: z.int().default(0),
  ip: word,
  port: z.int().min(0).max(65_535),
  priority: z.int().min(0),
  protocol: word,
  relatedAddress: word.optional(),
  // stanza reads this one as text.
  relatedPort: z.coerce.number().int().min(0).max(65_535).optional(),
  type: word,
})
const transportInfo = z
  .array(
    z.object({
      name: word,
      transport: z.object({
        usernameFragment: word,
        password: word,
        candidates: z.array(candidate).max(50).default([]),
      }),
    }),
  )
  .min(1)
  .max(16)

const request = z.object({
  type: z.literal('set'),
  id: z.string().min(1).max(200),
  jingle: z.object({
    sid: id,
    action: z.string(),
    contents: z.array(z.record(z.string(), z.unknown())).max(16).optional(),
    groups: z.array(z.unknown()).max(16).optional(),
    reason: z.object({ condition: z.string().optional() }).optional(),
    info: z.object({ infoType: z.enum(['mute', 'unmute']), name: word }).optional(),
  }),
})
const reply = z.object({ type: z.enum(['result', 'error']), id: z.string().min(1).max(200) })

const LONGEST_SDP = 200_000

/** The packets of an iq that we understand; none for anything else. Throws on what only a hostile peer sends. */
export function decodeJingle(iq: unknown): Packet[] {
  const answered = reply.safeParse(iq)
  if (answered.success) {
    const kind = answered.data.type === 'result' ? 'done' : 'unknown-call'
    return [{ kind, requestId: answered.data.id }]
  }
  const parsed = request.safeParse(iq)
  if (!parsed.success) return []
  const { id: requestId, jingle } = parsed.data
  const base = { callId: jingle.sid, requestId }
  switch (jingle.action) {
    case 'session-initiate':
      return description('initiate', base, jingle)
    case 'session-accept':
      return description('answer', base, jingle)
    case 'transport-info':
      return transports(base, jingle.contents)
    case 'session-info': {
      const { info } = jingle
      if (!info) return [{ kind: 'ping', ...base }]
      return [{ kind: 'mute', ...base, mid: info.name, muted: info.infoType === 'mute' }]
    }
    case 'session-terminate': {
      const condition = jingle.reason?.condition
      return [
        { kind: 'terminate', ...base, reason: condition === 'success' || !condition ? 'hung-up' : 'failed' },
      ]
    }
    default:
      return []
  }
}

type Base = { callId: string; requestId: string }

function description(kind: 'initiate' | 'answer', base: Base, jingle: object): Packet[] {
  // The types say that this is Jingle; that its values are sane is for the browser's SDP parser to find out.
  const session = convertRequestToIntermediate(
    jingle as Parameters<typeof convertRequestToIntermediate>[0],
    kind === 'initiate' ? INITIATOR : RESPONDER,
  )
  const sdp = filterCandidates(exportToSDP(session), usableCandidate)
  return sdp.length > LONGEST_SDP || session.media.length === 0 ? [] : [{ kind, ...base, sdp }]
}

function transports(base: Base, contents: unknown): Packet[] {
  const parsed = transportInfo.safeParse(contents)
  if (!parsed.success) return []
  const bare = parsed.data.filter(({ transport }) => transport.candidates.length === 0)
  const restart: Packet[] =
    bare.length === 0
      ? []
      : [
          {
            kind: 'restart',
            ...base,
            transports: bare.map(({ name: mid, transport: { usernameFragment, password } }) => ({
              mid,
              usernameFragment,
              password,
            })),
          },
        ]
  const found = parsed.data.flatMap(({ name: mid, transport: { usernameFragment, password, candidates } }) =>
    candidates
      .map(candidateToLine)
      .filter(usableCandidate)
      .map(
        (line): Packet => ({ kind: 'candidate', ...base, mid, usernameFragment, password, candidate: line }),
      ),
  )
  return [...restart, ...found]
}
