import { describe, expect, test } from 'vitest'
import { type CallInput, stepCall } from '../../../../main/network/session/callSignalling'
import { newCall, type SignalledCall } from '../../../../main/network/session/signalledCall'
import chromium from '../chromium.json'

const callId = '460b8343-7b37-4f26-9b2c-cfb9395199ef'
const accepts = { video: 180, audio: 300, text: true, note: '' }
const base = { callId, requestId: 'theirs1' }
const candidate = 'candidate:1 1 udp 1 192.0.2.2 9 typ host generation 0'
const credentials = { mid: '0', usernameFragment: 'u', password: 'p' }

/** Everything that can be told to a call or heard of it. */
const inputs = {
  ring: { type: 'ring', accepts },
  accept: { type: 'accept' },
  decline: { type: 'decline', reason: 'declined', accepts },
  'our offer': { type: 'signal', signal: { kind: 'description', type: 'offer', sdp: chromium.offer } },
  'our answer': { type: 'signal', signal: { kind: 'description', type: 'answer', sdp: chromium.answer } },
  'our candidate': { type: 'signal', signal: { kind: 'candidate', candidate, sdpMid: '0' } },
  'our mute': { type: 'signal', signal: { kind: 'muted', media: ['audio'] } },
  'hang up': { type: 'end', reason: 'hung-up' },
  cancel: { type: 'end', reason: 'cancelled' },
  'ring out': { type: 'end', reason: 'unanswered' },
  fail: { type: 'end', reason: 'failed' },
  linked: { type: 'linked' },
  lost: { type: 'lost' },
  overdue: { type: 'overdue' },
  '< propose': heard({ kind: 'propose', callId, media: 'video', ringSeconds: 45, accepts: null, name: '' }),
  '< ringing': heard({ kind: 'ringing', callId, accepts }),
  '< proceed': heard({ kind: 'proceed', callId }),
  '< reject': heard({ kind: 'reject', callId, reason: 'busy', accepts }),
  '< reject tie': heard({ kind: 'reject', callId, reason: 'tie-break', accepts: null }),
  '< retract': heard({ kind: 'retract', callId, reason: 'cancelled' }),
  '< finish': heard({ kind: 'finish', callId, reason: 'hung-up' }),
  '< initiate': heard({ kind: 'initiate', ...base, sdp: chromium.offer }),
  '< answer': heard({ kind: 'answer', ...base, sdp: chromium.answer }),
  '< candidate': heard({ kind: 'candidate', ...base, ...credentials, candidate }),
  '< restart': heard({ kind: 'restart', ...base, transports: [credentials] }),
  '< mute': heard({ kind: 'mute', ...base, mid: '1', muted: true }),
  '< terminate': heard({ kind: 'terminate', ...base, reason: 'hung-up' }),
  '< ping': heard({ kind: 'ping', ...base }),
  '< done': heard({ kind: 'done', requestId: `${callId}-out1` }),
  '< unknown call': heard({ kind: 'unknown-call', requestId: `${callId}-out1` }),
  '< recording': heard({ kind: 'recording', callId, on: true }),
} satisfies Record<string, CallInput>
type Input = keyof typeof inputs

function heard(packet: (CallInput & { type: 'heard' })['packet']): CallInput {
  return { type: 'heard', packet }
}

/** A call that went through these, one after another. */
function callAfter(direction: 'in' | 'out', path: Input[]): SignalledCall {
  const start = newCall({ callId, peer: 'p', name: 'n', direction, media: 'video', ringSeconds: 45 })
  return path.reduce((call, input) => stepCall(call, inputs[input]).call, start)
}

/** `phase > what is sent ! what is told` */
function outcomeOf(call: SignalledCall, input: Input): string {
  const step = stepCall(call, inputs[input])
  const sent = step.send.map((packet) =>
    'reason' in packet ? `${packet.kind} ${packet.reason}` : packet.kind,
  )
  const told = step.tell.map((event) => {
    if (event.type === 'ended') return `ended ${event.reason}`
    if (event.type === 'connect') return event.offer ? 'connect and offer' : 'connect'
    return event.type === 'signal' && event.signal.kind === 'description' ? event.signal.type : event.type
  })
  return [
    step.call.phase,
    ...(sent.length > 0 ? [`> ${sent.join(', ')}`] : []),
    ...(told.length > 0 ? [`! ${told.join(', ')}`] : []),
  ].join(' ')
}

/** Every phase with all that changes or says something in it; whatever is not listed does nothing at all. */
const phases: Record<
  string,
  { direction: 'in' | 'out'; path: Input[]; does: Partial<Record<Input, string>> }
> = {
  'out, proposed': {
    direction: 'out',
    path: [],
    does: {
      'hang up': 'ended > retract cancelled ! ended hung-up',
      cancel: 'ended > retract cancelled ! ended cancelled',
      'ring out': 'ended > retract unanswered ! ended unanswered',
      fail: 'ended > retract cancelled ! ended failed',
      linked: 'proposed > propose',
      lost: 'ended ! ended unreachable',
      overdue: 'ended > retract unanswered ! ended unanswered',
      '< ringing': 'ringing ! ringing',
      '< proceed': 'connecting ! connect and offer',
      '< reject': 'ended ! ended busy',
      '< finish': 'ended ! ended hung-up',
      '< initiate': 'proposed > done',
      '< answer': 'proposed > done',
      '< restart': 'proposed > done',
      '< mute': 'proposed > done',
      '< terminate': 'ended > done ! ended hung-up',
      '< ping': 'proposed > done',
    },
  },
  'out, ringing': {
    direction: 'out',
    path: ['< ringing'],
    does: {
      'hang up': 'ended > retract cancelled ! ended hung-up',
      cancel: 'ended > retract cancelled ! ended cancelled',
      'ring out': 'ended > retract unanswered ! ended unanswered',
      fail: 'ended > retract cancelled ! ended failed',
      linked: 'ringing > propose',
      lost: 'ended ! ended unreachable',
      overdue: 'ended > retract unanswered ! ended unanswered',
      '< proceed': 'connecting ! connect and offer',
      '< reject': 'ended ! ended busy',
      '< finish': 'ended ! ended hung-up',
      '< initiate': 'ringing > done',
      '< answer': 'ringing > done',
      '< restart': 'ringing > done',
      '< mute': 'ringing > done',
      '< terminate': 'ended > done ! ended hung-up',
      '< ping': 'ringing > done',
    },
  },
  'out, connecting': {
    direction: 'out',
    path: ['< ringing', '< proceed'],
    does: {
      'our offer': 'initiated > initiate',
      'hang up': 'ended > finish hung-up ! ended hung-up',
      cancel: 'ended > finish hung-up ! ended cancelled',
      'ring out': 'ended > finish failed ! ended unanswered',
      fail: 'ended > finish failed ! ended failed',
      linked: 'connecting > ping',
      lost: 'ended ! ended failed',
      overdue: 'ended > finish failed ! ended failed',
      '< finish': 'ended ! ended hung-up',
      '< initiate': 'connecting > done',
      '< answer': 'connecting > done',
      '< candidate': 'connecting > done',
      '< restart': 'connecting > done',
      '< mute': 'connecting > done',
      '< terminate': 'ended > done ! ended hung-up',
      '< ping': 'connecting > done',
      '< unknown call': 'ended ! ended failed',
    },
  },
  'out, initiated': {
    direction: 'out',
    path: ['< ringing', '< proceed', 'our offer'],
    does: {
      'our mute': 'initiated > mute',
      'hang up': 'ended > terminate hung-up, finish hung-up ! ended hung-up',
      cancel: 'ended > terminate hung-up, finish hung-up ! ended cancelled',
      'ring out': 'ended > terminate failed, finish failed ! ended unanswered',
      fail: 'ended > terminate failed, finish failed ! ended failed',
      linked: 'initiated > initiate',
      lost: 'ended ! ended failed',
      overdue: 'ended > terminate failed, finish failed ! ended failed',
      '< finish': 'ended ! ended hung-up',
      '< initiate': 'initiated > done',
      '< answer': 'active > done ! answer',
      '< candidate': 'initiated > done',
      '< restart': 'initiated > done',
      '< mute': 'initiated > done',
      '< terminate': 'ended > done ! ended hung-up',
      '< ping': 'initiated > done',
      '< unknown call': 'ended ! ended failed',
    },
  },
  'out, active': {
    direction: 'out',
    path: ['< ringing', '< proceed', 'our offer', '< done', '< answer'],
    does: {
      'our offer': 'active > restart',
      'our answer': 'active > restart',
      'our candidate': 'active > candidate',
      'our mute': 'active > mute',
      'hang up': 'ended > terminate hung-up, finish hung-up ! ended hung-up',
      cancel: 'ended > terminate hung-up, finish hung-up ! ended cancelled',
      'ring out': 'ended > terminate failed, finish failed ! ended unanswered',
      fail: 'ended > terminate failed, finish failed ! ended failed',
      linked: 'active > ping',
      lost: 'ended ! ended failed',
      '< finish': 'ended ! ended hung-up',
      '< initiate': 'active > done',
      '< answer': 'active > done',
      '< candidate': 'active > done ! signal',
      '< restart': 'active > done ! offer',
      '< mute': 'active > done ! signal',
      '< terminate': 'ended > done ! ended hung-up',
      '< ping': 'active > done',
      '< unknown call': 'ended ! ended failed',
    },
  },
  'out, ended': { direction: 'out', path: ['< ringing', 'cancel'], does: {} },
  'in, proposed': {
    direction: 'in',
    path: [],
    does: {
      ring: 'ringing > ringing',
      accept: 'connecting > proceed ! connect',
      decline: 'ended > reject declined ! ended declined',
      'hang up': 'ended > reject declined ! ended hung-up',
      cancel: 'ended > reject declined ! ended cancelled',
      'ring out': 'ended > reject unanswered ! ended unanswered',
      fail: 'ended > reject declined ! ended failed',
      lost: 'ended ! ended cancelled',
      overdue: 'ended > reject unanswered ! ended unanswered',
      '< retract': 'ended ! ended cancelled',
      '< finish': 'ended ! ended hung-up',
      '< initiate': 'proposed > done',
      '< answer': 'proposed > done',
      '< restart': 'proposed > done',
      '< mute': 'proposed > done',
      '< terminate': 'ended > done ! ended hung-up',
      '< ping': 'proposed > done',
    },
  },
  'in, ringing': {
    direction: 'in',
    path: ['ring'],
    does: {
      ring: 'ringing > ringing',
      accept: 'connecting > proceed ! connect',
      decline: 'ended > reject declined ! ended declined',
      'hang up': 'ended > reject declined ! ended hung-up',
      cancel: 'ended > reject declined ! ended cancelled',
      'ring out': 'ended > reject unanswered ! ended unanswered',
      fail: 'ended > reject declined ! ended failed',
      linked: 'ringing > ringing',
      lost: 'ended ! ended cancelled',
      overdue: 'ended > reject unanswered ! ended unanswered',
      '< propose': 'ringing > ringing',
      '< retract': 'ended ! ended cancelled',
      '< finish': 'ended ! ended hung-up',
      '< initiate': 'ringing > done',
      '< answer': 'ringing > done',
      '< restart': 'ringing > done',
      '< mute': 'ringing > done',
      '< terminate': 'ended > done ! ended hung-up',
      '< ping': 'ringing > done',
    },
  },
  'in, connecting': {
    direction: 'in',
    path: ['ring', 'accept'],
    does: {
      'hang up': 'ended > finish hung-up ! ended hung-up',
      cancel: 'ended > finish hung-up ! ended cancelled',
      'ring out': 'ended > finish failed ! ended unanswered',
      fail: 'ended > finish failed ! ended failed',
      linked: 'connecting > ping',
      lost: 'ended ! ended failed',
      overdue: 'ended > finish failed ! ended failed',
      '< propose': 'connecting > proceed',
      '< retract': 'ended ! ended cancelled',
      '< finish': 'ended ! ended hung-up',
      '< initiate': 'initiated > done ! offer',
      '< answer': 'connecting > done',
      '< candidate': 'connecting > done',
      '< restart': 'connecting > done',
      '< mute': 'connecting > done',
      '< terminate': 'ended > done ! ended hung-up',
      '< ping': 'connecting > done',
      '< unknown call': 'ended ! ended failed',
    },
  },
  'in, initiated': {
    direction: 'in',
    path: ['ring', 'accept', '< initiate'],
    does: {
      'our answer': 'active > answer',
      'hang up': 'ended > terminate hung-up, finish hung-up ! ended hung-up',
      cancel: 'ended > terminate hung-up, finish hung-up ! ended cancelled',
      'ring out': 'ended > terminate failed, finish failed ! ended unanswered',
      fail: 'ended > terminate failed, finish failed ! ended failed',
      linked: 'initiated > ping',
      lost: 'ended ! ended failed',
      overdue: 'ended > terminate failed, finish failed ! ended failed',
      '< finish': 'ended ! ended hung-up',
      '< initiate': 'initiated > done',
      '< answer': 'initiated > done',
      '< candidate': 'initiated > done ! signal',
      '< restart': 'initiated > done',
      '< mute': 'initiated > done ! signal',
      '< terminate': 'ended > done ! ended hung-up',
      '< ping': 'initiated > done',
      '< unknown call': 'ended ! ended failed',
    },
  },
  'in, active': {
    direction: 'in',
    path: ['ring', 'accept', '< initiate', 'our answer'],
    does: {
      'our offer': 'active > restart',
      'our answer': 'active > restart',
      'our candidate': 'active > candidate',
      'our mute': 'active > mute',
      'hang up': 'ended > terminate hung-up, finish hung-up ! ended hung-up',
      cancel: 'ended > terminate hung-up, finish hung-up ! ended cancelled',
      'ring out': 'ended > terminate failed, finish failed ! ended unanswered',
      fail: 'ended > terminate failed, finish failed ! ended failed',
      linked: 'active > ping',
      lost: 'ended ! ended failed',
      '< finish': 'ended ! ended hung-up',
      '< initiate': 'active > done, answer',
      '< answer': 'active > done',
      '< candidate': 'active > done ! signal',
      '< restart': 'active > done ! offer',
      '< mute': 'active > done ! signal',
      '< terminate': 'ended > done ! ended hung-up',
      '< ping': 'active > done',
      '< unknown call': 'ended ! ended failed',
    },
  },
  'in, ended': { direction: 'in', path: ['ring', 'decline'], does: {} },
}

for (const [phase, { direction, path, does }] of Object.entries(phases)) {
  describe(phase, () => {
    for (const input of Object.keys(inputs) as Input[]) {
      test(input, () => {
        const call = callAfter(direction, path)
        expect(outcomeOf(call, input)).toBe(does[input] ?? call.phase)
      })
    }
  })
}

describe('candidates', () => {
  test('of ours wait until the offer is acknowledged, and go with its credentials', () => {
    const waiting = callAfter('out', ['< ringing', '< proceed', 'our offer', 'our candidate'])
    const { send } = stepCall(waiting, heard({ kind: 'done', requestId: waiting.exchange.awaiting ?? '' }))
    expect(send).toMatchObject([
      {
        kind: 'candidate',
        candidate,
        mid: '0',
        usernameFragment: '0o/E',
        password: 'iJmR/AMWPCVtfIBCzyDFeP0Z',
      },
    ])
  })

  test('of ours go as well when the answer comes without the acknowledgement', () => {
    const waiting = callAfter('out', ['< ringing', '< proceed', 'our offer', 'our candidate'])
    const { send } = stepCall(waiting, inputs['< answer'])
    expect(send.map((packet) => packet.kind)).toEqual(['done', 'candidate'])
  })

  test('of theirs wait for the offer that they belong to', () => {
    const early = callAfter('in', ['ring', 'accept', '< candidate'])
    const { tell } = stepCall(early, inputs['< initiate'])
    expect(tell).toMatchObject([{ signal: { type: 'offer' } }, { signal: { candidate } }])
  })

  test('of theirs that come too early and too many are forgotten', () => {
    const early = callAfter('in', ['ring', 'accept', ...Array<Input>(500).fill('< candidate')])
    expect(stepCall(early, inputs['< initiate']).tell).toHaveLength(101)
  })
})

test('what was muted before the description is told right after it', () => {
  const call = callAfter('in', ['ring', 'accept', 'our mute', '< initiate'])
  const { send } = stepCall(call, inputs['our answer'])
  expect(send).toMatchObject([{ kind: 'answer' }, { kind: 'mute', mid: '0', muted: true }])
})

describe('an ICE restart', () => {
  const active: Input[] = ['< ringing', '< proceed', 'our offer', '< answer']
  const restart = (call: SignalledCall) => stepCall(call, inputs['< restart']).tell[0]

  test('of ours is answered in the DTLS role that they took', () => {
    const call = stepCall(callAfter('out', active), inputs['our offer']).call
    expect(restart(call)).toMatchObject({
      signal: { type: 'answer', sdp: expect.stringMatching(/a=setup:active/) },
    })
  })
  test('of ours, as the one who was called, too', () => {
    const call = callAfter('in', ['ring', 'accept', '< initiate', 'our answer', 'our offer'])
    expect(restart(call)).toMatchObject({
      signal: { type: 'answer', sdp: expect.stringMatching(/a=setup:passive/) },
    })
  })
  test('of theirs is an offer that leaves the role open', () => {
    expect(restart(callAfter('out', active))).toMatchObject({
      signal: { type: 'offer', sdp: expect.stringMatching(/a=setup:actpass/) },
    })
  })
})
