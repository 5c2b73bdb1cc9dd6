import type { Packet } from '../../../main/network/session/packet'
import chromium from './chromium.json'

const callId = '460b8343-7b37-4f26-9b2c-cfb9395199ef'
const id = '31be2e5e-b1db-46bd-9886-17019b3d614f'
const accepts = { video: 180, audio: 0, text: false, note: 'in a <meeting> & "busy"' }
const requestId = `${callId}-out1`
const credentials = { mid: '0', usernameFragment: '0o/E', password: 'iJmR/AMWPCVtfIBCzyDFeP0Z' }
const sentAt = Date.UTC(2026, 2, 4, 14, 22, 10, 123)
const sha256 = 'ab'.repeat(32)

/** A packet of each kind that reads back as it was written. */
export const samplePackets: Packet[] = [
  { kind: 'propose', callId, media: 'video', ringSeconds: 45, accepts: null, name: 'Ana Ruiz' },
  { kind: 'propose', callId, media: 'audio', ringSeconds: null, accepts, name: 'Ana Ruiz' },
  { kind: 'ringing', callId, accepts },
  { kind: 'ringing', callId, accepts: null },
  { kind: 'proceed', callId },
  { kind: 'reject', callId, reason: 'declined', accepts },
  { kind: 'reject', callId, reason: 'busy', accepts: null },
  { kind: 'reject', callId, reason: 'not-allowed', accepts: null },
  { kind: 'reject', callId, reason: 'unanswered', accepts: null },
  { kind: 'reject', callId, reason: 'tie-break', accepts: null },
  { kind: 'retract', callId, reason: 'cancelled' },
  { kind: 'retract', callId, reason: 'unanswered' },
  { kind: 'retract', callId, reason: 'tie-break' },
  { kind: 'finish', callId, reason: 'hung-up' },
  { kind: 'finish', callId, reason: 'failed' },
  {
    kind: 'candidate',
    callId,
    requestId,
    ...credentials,
    candidate: 'candidate:981244886 1 udp 2122194687 192.0.2.2 37628 typ host generation 0',
  },
  {
    kind: 'candidate',
    callId,
    requestId,
    ...credentials,
    candidate: 'candidate:1 1 udp 5 fd00::2 9 typ srflx raddr 192.0.2.2 rport 5 generation 1',
  },
  { kind: 'restart', callId, requestId, transports: [credentials, { ...credentials, mid: '1' }] },
  { kind: 'mute', callId, requestId, mid: '1', muted: true },
  { kind: 'mute', callId, requestId, mid: '1', muted: false },
  { kind: 'terminate', callId, requestId, reason: 'hung-up' },
  { kind: 'terminate', callId, requestId, reason: 'failed' },
  { kind: 'ping', callId, requestId },
  { kind: 'done', requestId },
  { kind: 'unknown-call', requestId },
  { kind: 'recording', callId, on: true },
  { kind: 'recording', callId, on: false },
  { kind: 'note', id, callId, sentAt, text: 'Call me back,\nplease: <5 & "quoted" ünï 🎉' },
  {
    kind: 'file',
    id,
    callId,
    sentAt,
    source: `https://${'a'.repeat(52)}.nearby.invalid/m/token`,
    file: {
      kind: 'video',
      mimeType: 'video/mp4',
      size: 5_174_123,
      sha256,
      durationMs: 15_000,
      width: 640,
      height: 360,
      poster: new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]),
      waveform: null,
    },
  },
  {
    kind: 'file',
    id,
    callId,
    sentAt,
    source: `https://${'a'.repeat(52)}.nearby.invalid/m/token`,
    file: {
      kind: 'audio',
      mimeType: 'audio/mp4',
      size: 10,
      sha256,
      durationMs: 1,
      width: null,
      height: null,
      poster: null,
      waveform: Array.from({ length: 120 }, (_, index) => index % 101),
    },
  },
  { kind: 'missed-call', id, callId, sentAt, media: 'audio', name: 'Ana' },
  { kind: 'receipt', id, state: 'received' },
  { kind: 'receipt', id, state: 'played' },
  { kind: 'receipt', id, state: 'refused' },
  { kind: 'receipt', id, state: 'damaged' },
  { kind: 'hello', name: 'Ana Ruiz', saved: false, port: 23_456 },
  { kind: 'hello', name: '', saved: true, port: null },
  { kind: 'probe', requestId },
]

/** Descriptions change their shape on the way, not their meaning. */
export const sampleDescriptions: Extract<Packet, { sdp: string }>[] = [
  { kind: 'initiate', callId, requestId, sdp: chromium.offer },
  { kind: 'answer', callId, requestId, sdp: chromium.answer },
]
