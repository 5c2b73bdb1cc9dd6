import { z } from 'zod'
import { id } from '../../../preload/contract/ids'
import { MAX_NOTE_LENGTH } from '../../../preload/contract/messages'
import type { Packet, RejectReason } from '../session/packet'
import { decodeJingle } from './jingle'
import { cleanLine, cleanName } from './plainText'

const LARGEST_POSTER_BYTES = 8 * 1024
const LARGEST_FILE_BYTES = 4 * 1024 ** 3
const LONGEST_FILE_MS = 24 * 3_600_000
const PEAKS = 120

const accepts = z.object({
  video: z.int().min(0).max(86_400).default(0),
  audio: z.int().min(0).max(86_400).default(0),
  text: z.boolean().default(false),
  note: z
    .string()
    .max(1_000)
    .transform((note) => cleanLine(note, 200))
    .default(''),
})
const nick = z.string().max(2_000).transform(cleanName).default('')
const delay = z.object({ timestamp: z.date() })

const jingleMessage = z.object({
  action: z.enum(['propose', 'ringing', 'proceed', 'reject', 'retract', 'finish']),
  id,
  media: z.array(z.string()).max(10).default([]),
  reason: z.string().optional(),
  ownReason: z.string().optional(),
  tieBreak: z.boolean().optional(),
})
const callStanza = z.object({
  id: z.string().max(200).optional(),
  jingleMessage,
  ring: z.object({ seconds: z.int().min(1).max(600) }).optional(),
  accepts: accepts.optional(),
  nick,
  delay: delay.optional(),
})

const size = z.int().positive().max(LARGEST_FILE_BYTES)
const pixels = z.int().positive().max(16_384)
const hash = z.object({ algorithm: z.literal('sha-256'), value: z.instanceof(Buffer) })
const fileStanza = z.object({
  id,
  delay,
  callMessage: z.object({ id, kind: z.enum(['audio', 'video']), peaks: z.string().max(1_000).optional() }),
  fileSharing: z.object({
    file: z.object({
      mediaType: z.enum(['video/mp4', 'audio/mp4']),
      size,
      length: z.int().min(0).max(LONGEST_FILE_MS),
      width: pixels.optional(),
      height: pixels.optional(),
      hashes: z.array(z.unknown()).max(8),
      thumbnail: z.object({ uri: z.string().optional() }).optional(),
    }),
    sources: z.object({
      urls: z.array(z.object({ target: z.url({ protocol: /^https$/ }).max(2_000) })).min(1),
    }),
  }),
})
const noteStanza = z.object({
  id,
  delay,
  callMessage: z.object({ id, kind: z.literal('text') }),
  body: z.string().min(1).max(MAX_NOTE_LENGTH),
})
const recordingStanza = z.object({ recording: z.object({ id, on: z.boolean() }) })
const receivedStanza = z.object({ receipt: z.object({ type: z.literal('received'), id }) })
const displayedStanza = z.object({ marker: z.object({ type: z.literal('displayed'), id }) })
const answerStanza = z.object({ answer: z.object({ id, state: z.enum(['refused', 'damaged']) }) })
const presenceStanza = z.object({
  type: z.string().optional(),
  nick,
  listening: z.object({ port: z.int().min(1).max(65_535) }).optional(),
})
const probeStanza = z.object({
  type: z.literal('get'),
  id: z.string().min(1).max(200),
  ping: z.literal(true),
})

/**
 * What a stanza, as JXT read it, says to us. Empty: nothing that we understand, or nothing sane.
 * The sender is never read from here: the link knows whose key it is.
 */
export function decodeStanza(element: string | undefined, json: unknown): Packet[] {
  switch (element) {
    case 'iq': {
      const probe = probeStanza.safeParse(json)
      return probe.success ? [{ kind: 'probe', requestId: probe.data.id }] : decodeJingle(json)
    }
    case 'presence': {
      const presence = presenceStanza.safeParse(json)
      if (!presence.success) return []
      const { nick: name, type, listening } = presence.data
      return [{ kind: 'hello', name, saved: type === 'subscribe', port: listening?.port ?? null }]
    }
    case 'message':
      return decodeMessage(json)
    default:
      return []
  }
}

function decodeMessage(json: unknown): Packet[] {
  const call = callStanza.safeParse(json)
  if (call.success) return decodeCall(call.data)
  const recording = recordingStanza.safeParse(json)
  if (recording.success) {
    const { id: callId, on } = recording.data.recording
    return [{ kind: 'recording', callId, on }]
  }
  const received = receivedStanza.safeParse(json)
  if (received.success) return [{ kind: 'receipt', id: received.data.receipt.id, state: 'received' }]
  const displayed = displayedStanza.safeParse(json)
  if (displayed.success) return [{ kind: 'receipt', id: displayed.data.marker.id, state: 'played' }]
  const answer = answerStanza.safeParse(json)
  if (answer.success) return [{ kind: 'receipt', ...answer.data.answer }]
  const note = noteStanza.safeParse(json)
  if (note.success) {
    const { id: messageId, body, callMessage, delay: sent } = note.data
    return [
      { kind: 'note', id: messageId, callId: callMessage.id, sentAt: sent.timestamp.getTime(), text: body },
    ]
  }
  const file = fileStanza.safeParse(json)
  return file.success ? decodeFile(file.data) : []
}

function decodeCall(stanza: z.infer<typeof callStanza>): Packet[] {
  const { action, id: callId, media, reason, ownReason, tieBreak } = stanza.jingleMessage
  const told = stanza.accepts ?? null
  switch (action) {
    case 'propose': {
      if (!media.includes('audio') && !media.includes('video')) return []
      const medium = media.includes('video') ? 'video' : 'audio'
      if (stanza.delay) {
        const message = id.safeParse(stanza.id)
        if (!message.success) return []
        const sentAt = stanza.delay.timestamp.getTime()
        return [{ kind: 'missed-call', id: message.data, callId, sentAt, media: medium, name: stanza.nick }]
      }
      const ringSeconds = stanza.ring?.seconds ?? null
      return [{ kind: 'propose', callId, media: medium, ringSeconds, accepts: told, name: stanza.nick }]
    }
    case 'ringing':
      return [{ kind: 'ringing', callId, accepts: told }]
    case 'proceed':
      return [{ kind: 'proceed', callId }]
    case 'reject':
      return [{ kind: 'reject', callId, reason: rejectReason(reason, ownReason, tieBreak), accepts: told }]
    case 'retract':
      // The second half of a missed call that is told afterwards.
      if (stanza.delay) return []
      if (tieBreak) return [{ kind: 'retract', callId, reason: 'tie-break' }]
      return [{ kind: 'retract', callId, reason: reason === 'timeout' ? 'unanswered' : 'cancelled' }]
    case 'finish':
      return [{ kind: 'finish', callId, reason: reason === 'connectivity-error' ? 'failed' : 'hung-up' }]
  }
}

function rejectReason(reason?: string, ownReason?: string, tieBreak?: boolean): RejectReason {
  if (tieBreak) return 'tie-break'
  if (ownReason === 'not-allowed') return 'not-allowed'
  if (reason === 'busy') return 'busy'
  return reason === 'timeout' ? 'unanswered' : 'declined'
}

function decodeFile({
  id: messageId,
  delay: sent,
  callMessage,
  fileSharing,
}: z.infer<typeof fileStanza>): Packet[] {
  const { file, sources } = fileSharing
  const source = sources.urls[0]?.target
  const sha256 = file.hashes.map((one) => hash.safeParse(one)).find((one) => one.success)?.data?.value
  const { kind } = callMessage
  if (!source || sha256?.length !== 32 || file.mediaType !== `${kind}/mp4`) return []
  return [
    {
      kind: 'file',
      id: messageId,
      callId: callMessage.id,
      sentAt: sent.timestamp.getTime(),
      source,
      file: {
        kind,
        mimeType: file.mediaType,
        size: file.size,
        sha256: sha256.toString('hex'),
        durationMs: file.length,
        width: kind === 'video' ? (file.width ?? null) : null,
        height: kind === 'video' ? (file.height ?? null) : null,
        poster: kind === 'video' ? posterOf(file.thumbnail?.uri) : null,
        waveform: kind === 'audio' ? peaksOf(callMessage.peaks) : null,
      },
    },
  ]
}

/** A poster is an extra: one that is too large or no JPEG is left out, and the message stands. */
function posterOf(uri: string | undefined): Uint8Array | null {
  const base64 = /^data:image\/jpeg;base64,([A-Za-z0-9+/=]+)$/.exec(uri ?? '')?.[1]
  if (!base64) return null
  const bytes = Buffer.from(base64, 'base64')
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
  return isJpeg && bytes.length <= LARGEST_POSTER_BYTES ? new Uint8Array(bytes) : null
}

function peaksOf(base64: string | undefined): number[] | null {
  const peaks = [...Buffer.from(base64 ?? '', 'base64')]
  return peaks.length === PEAKS && peaks.every((peak) => peak <= 100) ? peaks : null
}
