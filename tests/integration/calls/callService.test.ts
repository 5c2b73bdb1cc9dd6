import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { NetworkEvent } from '../../../main/network/network'
import type { Call } from '../../../preload/contract/calls'
import { callStage } from './callStage'
import { addressOf } from './recordingNetwork'

const bob = addressOf('b')
const carol = addressOf('c')
const told = { video: 90, audio: 120, text: true, note: 'Back at five' }
const nothing = { video: 0, audio: 0, text: false, note: '' }
const ours = { video: 180, audio: 300, text: true, note: '' }

let stage: ReturnType<typeof callStage>
let bobId: string
beforeEach(() => {
  stage = callStage()
  bobId = stage.people.personAt(bob, 'Bob').id
  stage.setPeer({ address: bob })
  stage.published()
})

const current = () => stage.calls.active()
const find = (callId: string) => stage.calls.find(callId)
const stateOf = (callId: string) => find(callId)?.state

function place(media: 'audio' | 'video' = 'video'): Call {
  const placed = stage.calls.handlers['calls/place']({ personId: bobId, media })
  if (placed instanceof Promise || !placed.ok) throw new Error('the call was not placed')
  return placed.value
}

/** A call of ours, brought to where the test begins; what happened on the way is forgotten. */
function placeUntil(phase: 'dialing' | 'ringing' | 'connecting' | 'connected'): string {
  const { id } = place()
  if (phase !== 'dialing') stage.calls.hear({ type: 'ringing', callId: id, accepts: told })
  if (phase === 'connecting' || phase === 'connected') {
    stage.calls.hear({ type: 'connect', callId: id, offer: true, plain: false })
  }
  if (phase === 'connected') stage.calls.handlers['calls/mediaConnected']({ callId: id })
  forget()
  return id
}

function incoming(change: Partial<NetworkEvent & { type: 'call' }> = {}): string {
  const callId = change.callId ?? randomUUID()
  stage.calls.hear({
    type: 'call',
    callId,
    from: bob,
    name: 'Bob',
    media: 'video',
    at: stage.clock.now(),
    live: true,
    ringSeconds: 30,
    ...change,
  })
  return callId
}

function incomingUntil(phase: 'ringing' | 'connecting' | 'connected'): string {
  const callId = incoming()
  if (phase !== 'ringing') stage.calls.handlers['calls/answer']({ callId })
  if (phase === 'connected') stage.calls.handlers['calls/mediaConnected']({ callId })
  forget()
  return callId
}

function forget(): void {
  stage.said()
  stage.published()
  stage.news()
}

const over = (outcome: string) => ({ phase: 'ended', outcome })

describe('placing a call', () => {
  test('writes it, then proposes it with our ring time', () => {
    stage.changeSettings({ ringSeconds: 30 })
    const call = place('audio')
    expect(call).toMatchObject({
      personId: bobId,
      direction: 'out',
      media: 'audio',
      startedAt: stage.clock.now(),
      state: { phase: 'dialing' },
      seen: true,
      late: false,
    })
    expect(find(call.id)).toEqual(call)
    expect(current()).toEqual(call)
    expect(stage.said()).toEqual([['propose', { callId: call.id, to: bob, media: 'audio', ringSeconds: 30 }]])
    expect(stage.published()).toEqual([['calls/changed', call]])
    // A tie break may still take it back, so the history does not know it yet.
    expect(stage.news()).toEqual([])
  })

  test('to somebody unknown is refused', () => {
    expect(stage.calls.handlers['calls/place']({ personId: randomUUID(), media: 'audio' })).toEqual({
      ok: false,
      failure: { kind: 'person-unknown' },
    })
  })

  test('is refused while another runs', () => {
    const callId = incomingUntil('ringing')
    expect(stage.calls.handlers['calls/place']({ personId: bobId, media: 'audio' })).toEqual({
      ok: false,
      failure: { kind: 'already-in-call', callId },
    })
    expect(stage.said()).toEqual([])
  })

  test('rings there until our limit, then nobody answered; what they take is known all along', () => {
    const { id } = place()
    forget()
    stage.clock.advance(500)
    stage.calls.hear({ type: 'ringing', callId: id, accepts: told })
    expect(current()?.state).toEqual({ phase: 'ringing', until: stage.clock.now() + 45_000, accepts: told })
    expect(stage.people.acceptsOf(bobId)).toEqual(told)
    expect(stage.news()).toEqual([`history ${id}`])

    stage.clock.advance(44_999)
    expect(stage.said()).toEqual([])
    stage.clock.advance(1)
    expect(stage.said()).toEqual([['end', id, 'unanswered']])
    expect(stateOf(id)).toEqual({
      phase: 'ended',
      outcome: 'unanswered',
      at: stage.clock.now(),
      talkedMs: 0,
      accepts: told,
    })
    expect(current()).toBeNull()
    expect(stage.clock.waiting()).toBe(0)
    expect(stage.news()).toEqual([`history ${id}`])
  })

  test('a foreign client that never says that it rings has as long', () => {
    const id = placeUntil('dialing')
    stage.clock.advance(44_999)
    expect(current()?.state.phase).toBe('dialing')
    stage.clock.advance(1)
    expect(stateOf(id)).toMatchObject(over('unanswered'))
    expect(stage.said()).toEqual([['end', id, 'unanswered']])
  })

  test('somebody who is away and does not ring within 6 s is unreachable, and is told later', () => {
    stage.people.rememberAccepts(bob, told)
    stage.setPeer({ address: bob, reachable: false })
    const id = placeUntil('dialing')
    stage.clock.advance(6_000)
    expect(stateOf(id)).toMatchObject({ ...over('unreachable'), accepts: told })
    expect(stage.said()).toEqual([['end', id, 'unreachable']])
    expect(stage.news()).toEqual([`history ${id}`, `tell later ${id}`])
  })

  test('the network may know sooner that somebody is unreachable', () => {
    const id = placeUntil('dialing')
    stage.calls.hear({ type: 'ended', callId: id, reason: 'unreachable', accepts: null })
    expect(stateOf(id)).toMatchObject(over('unreachable'))
    expect(stage.said()).toEqual([])
    expect(stage.news()).toEqual([`history ${id}`, `tell later ${id}`])
    expect(stage.clock.waiting()).toBe(0)
  })

  test.each([
    ['declined', 'declined'],
    ['busy', 'busy'],
    ['not-allowed', 'not-allowed'],
    ['unanswered', 'unanswered'],
  ] as const)('%s by them, with what they take', (reason, outcome) => {
    const id = placeUntil('ringing')
    stage.calls.hear({ type: 'ended', callId: id, reason, accepts: nothing })
    expect(stateOf(id)).toMatchObject({ ...over(outcome), accepts: nothing })
    expect(stage.people.acceptsOf(bobId)).toEqual(nothing)
    expect(stage.said()).toEqual([])
    expect(stage.news()).toEqual([`history ${id}`])
  })

  test('cancelled while it rings', () => {
    const id = placeUntil('ringing')
    expect(stage.calls.handlers['calls/end']({ callId: id, reason: 'hung-up' })).toMatchObject({
      ok: true,
      value: { state: over('cancelled') },
    })
    expect(stage.said()).toEqual([['end', id, 'cancelled']])
    expect(stage.news()).toEqual([`history ${id}`])
  })

  test('however short the ring, somebody who was away is told later', () => {
    stage.setPeer({ address: bob, reachable: false })
    const id = placeUntil('dialing')
    stage.calls.handlers['calls/end']({ callId: id, reason: 'hung-up' })
    expect(stateOf(id)).toMatchObject(over('cancelled'))
    expect(stage.news()).toEqual([`history ${id}`, `tell later ${id}`])
  })
})

describe('a call that is answered', () => {
  test('connects, and its clock starts with the media', async () => {
    const id = placeUntil('ringing')
    stage.calls.hear({ type: 'connect', callId: id, offer: true, plain: false })
    expect(stage.published()).toEqual([
      ['calls/changed', expect.objectContaining({ state: { phase: 'connecting' } })],
      ['calls/connect', { callId: id, offer: true, plain: false }],
    ])
    expect(await stage.calls.handlers['calls/iceServers']({ callId: id })).toHaveLength(1)

    stage.clock.advance(800)
    const since = stage.clock.now()
    expect(stage.calls.handlers['calls/mediaConnected']({ callId: id })).toMatchObject({
      ok: true,
      value: { state: { phase: 'connected', since } },
    })
    // Both of the page's transports may say so.
    expect(stage.calls.handlers['calls/mediaConnected']({ callId: id })).toMatchObject({ ok: true })
    stage.clock.advance(3_600_000)
    stage.calls.handlers['calls/end']({ callId: id, reason: 'hung-up' })
    expect(stateOf(id)).toMatchObject({ ...over('answered'), talkedMs: 3_600_000 })
    expect(stage.said()).toEqual([['end', id, 'hung-up']])
    expect(stage.clock.waiting()).toBe(0)
  })

  test('carries what the two ends tell each other, only while it runs', () => {
    const id = placeUntil('connecting')
    const signal = { kind: 'muted', media: ['video'] } as const
    stage.calls.hear({ type: 'signal', callId: id, signal: { ...signal, media: ['video'] } })
    stage.calls.hear({ type: 'signal', callId: randomUUID(), signal: { ...signal, media: [] } })
    expect(stage.published()).toEqual([['calls/signal', { callId: id, signal }]])
    const send = (callId: string) =>
      stage.calls.handlers['calls/sendSignal']({ callId, signal: { kind: 'muted', media: [] } })
    expect(send(id)).toEqual({ ok: true, value: null })
    expect(send(randomUUID())).toEqual({ ok: false, failure: { kind: 'call-gone' } })
    expect(stage.said()).toEqual([['signal', id, { kind: 'muted', media: [] }]])
    stage.calls.handlers['calls/end']({ callId: id, reason: 'hung-up' })
    expect(send(id)).toEqual({ ok: false, failure: { kind: 'call-gone' } })
  })

  test('fails when no media comes within 20 s', () => {
    const id = placeUntil('connecting')
    stage.clock.advance(20_000)
    expect(stateOf(id)).toMatchObject(over('failed'))
    expect(stage.said()).toEqual([['end', id, 'failed']])
  })

  test('fails when the page cannot make the connection', () => {
    const id = placeUntil('connecting')
    stage.calls.handlers['calls/end']({ callId: id, reason: 'media-failed' })
    expect(stateOf(id)).toMatchObject(over('failed'))
    expect(stage.said()).toEqual([['end', id, 'failed']])
  })

  test.each(['hung-up', 'failed', 'unreachable'] as const)('stays answered when it ends as %s', (reason) => {
    const id = placeUntil('connected')
    stage.clock.advance(10)
    stage.calls.hear({ type: 'ended', callId: id, reason, accepts: null })
    expect(stateOf(id)).toMatchObject({ ...over('answered'), talkedMs: 10 })
    expect(stage.news()).toEqual([`history ${id}`])
  })

  test('nothing that comes late changes an ended call', () => {
    const id = placeUntil('connected')
    stage.calls.handlers['calls/end']({ callId: id, reason: 'hung-up' })
    const ended = find(id)
    forget()
    stage.clock.advance(5_000)
    stage.calls.hear({ type: 'ended', callId: id, reason: 'declined', accepts: told })
    stage.calls.hear({ type: 'ringing', callId: id, accepts: told })
    stage.calls.hear({ type: 'connect', callId: id, offer: true, plain: false })
    for (const request of ['calls/answer', 'calls/decline', 'calls/mediaConnected'] as const) {
      expect(stage.calls.handlers[request]({ callId: id })).toEqual({
        ok: false,
        failure: { kind: 'call-gone' },
      })
    }
    expect(find(id)).toEqual(ended)
    expect([stage.said(), stage.published(), stage.news()]).toEqual([[], [], []])
  })
})

describe('an incoming call', () => {
  test('rings as long as the caller says, and they hear what we take', () => {
    place()
    stage.calls.handlers['calls/end']({ callId: current()?.id ?? '', reason: 'hung-up' })
    forget()
    const id = incoming()
    expect(current()).toEqual({
      id,
      personId: bobId,
      direction: 'in',
      media: 'video',
      startedAt: stage.clock.now(),
      state: { phase: 'ringing', until: stage.clock.now() + 30_000, accepts: null },
      seen: false,
      late: false,
    })
    // We called them once, so they may leave a message.
    expect(stage.said()).toEqual([['ring', id, ours]])
    expect(stage.news()).toEqual([`history ${id}`, `incoming ${id}`])
  })

  test('a stranger may ring, and is told what we take but not our line', () => {
    const id = incoming({ from: carol, name: 'Carol\u202e' })
    expect(stage.said()).toEqual([['ring', id, { ...ours, note: '' }]])
    expect(stage.people.person(current()?.personId ?? '')).toMatchObject({ name: 'Carol', contact: false })
  })

  test('nobody rings while we are not available: it is missed in silence', () => {
    stage.changeSettings({ available: false })
    const id = incoming()
    expect(stage.said()).toEqual([['decline', id, 'unanswered', ours]])
    expect(stage.news()).toEqual([`history ${id}`])
    expect(current()).toBeNull()
    expect(stage.calls.find(id)).toMatchObject({ seen: false, state: { outcome: 'unanswered' } })
    // Told of it again from an outbox, nothing changes.
    incoming({ callId: id, live: false })
    expect(stage.news()).toEqual([])
  })

  test('not being available comes before being in a call', () => {
    incomingUntil('connecting')
    stage.changeSettings({ available: false })
    const id = incoming({ from: carol })
    expect(stage.said()).toEqual([['decline', id, 'unanswered', { ...ours, note: '' }]])
  })

  test('somebody blocked learns nothing and leaves no trace', () => {
    stage.db.prepare('UPDATE people SET blocked_at = 1').run()
    const id = incoming()
    incoming({ live: false })
    expect(stage.said()).toEqual([['decline', id, 'unanswered', ours]])
    expect([stage.published(), stage.news(), current()]).toEqual([[], [], null])
    expect(stage.db.prepare('SELECT count(*) FROM calls').pluck().get()).toBe(0)
  })

  test('is answered', () => {
    const id = incomingUntil('ringing')
    expect(stage.calls.handlers['calls/answer']({ callId: id })).toMatchObject({
      ok: true,
      value: { state: { phase: 'connecting' }, seen: true },
    })
    // A second press changes nothing.
    expect(stage.calls.handlers['calls/answer']({ callId: id })).toMatchObject({ ok: true })
    expect(stage.said()).toEqual([['accept', id]])
    expect(stage.news()).toEqual([`history ${id}`, `withdraw ${id}`])
    stage.published()
    stage.calls.hear({ type: 'connect', callId: id, offer: false, plain: true })
    expect(stage.published()).toEqual([['calls/connect', { callId: id, offer: false, plain: true }]])
  })

  test('is not connected before somebody here has answered', () => {
    const id = incomingUntil('ringing')
    stage.calls.hear({ type: 'connect', callId: id, offer: false, plain: false })
    expect(current()?.state.phase).toBe('ringing')
    expect(stage.published()).toEqual([])
  })

  test('is declined, and needs no looking at', () => {
    const id = incomingUntil('ringing')
    expect(stage.calls.handlers['calls/decline']({ callId: id })).toMatchObject({
      ok: true,
      value: { state: over('declined'), seen: true },
    })
    expect(stage.said()).toEqual([['decline', id, 'declined', { ...ours, note: '' }]])
    expect(stage.news()).toEqual([`history ${id}`, `withdraw ${id}`])
  })

  test.each([
    ['cancelled', 'cancelled'],
    ['unanswered', 'unanswered'],
    ['hung-up', 'cancelled'],
    ['unreachable', 'unanswered'],
  ] as const)('is missed when the caller stops (%s)', (reason, outcome) => {
    const id = incomingUntil('ringing')
    stage.calls.hear({ type: 'ended', callId: id, reason, accepts: null })
    expect(find(id)).toMatchObject({ state: over(outcome), seen: false })
    expect(stage.said()).toEqual([])
    expect(stage.news()).toEqual([`history ${id}`, `withdraw ${id}`, `missed ${id}`])
  })

  test('is not missed when another device of ours answered', () => {
    const id = incomingUntil('ringing')
    stage.calls.hear({ type: 'ended', callId: id, reason: 'answered-elsewhere', accepts: null })
    expect(find(id)).toMatchObject({ state: over('answered'), seen: true })
    expect(stage.news()).toEqual([`history ${id}`, `withdraw ${id}`])
  })

  test('stops by itself a little after the caller should have said so', () => {
    const id = incomingUntil('ringing')
    stage.clock.advance(31_999)
    expect(current()?.state.phase).toBe('ringing')
    stage.clock.advance(1)
    expect(stateOf(id)).toMatchObject(over('unanswered'))
    expect(stage.said()).toEqual([['decline', id, 'unanswered', { ...ours, note: '' }]])
    expect(stage.news()).toEqual([`history ${id}`, `withdraw ${id}`, `missed ${id}`])
  })

  test('while another runs is told busy and kept as missed', () => {
    const running = placeUntil('connected')
    const id = incoming({ from: carol, name: 'Carol' })
    expect(stage.said()).toEqual([['decline', id, 'busy', { ...ours, note: '' }]])
    expect(find(id)).toMatchObject({ direction: 'in', state: over('busy'), seen: false, late: false })
    expect(stage.news()).toEqual([`history ${id}`, `missed ${id}`])
    expect(current()?.id).toBe(running)
  })

  test('that rang while we were away comes late, with its own time', () => {
    const at = stage.clock.now() - 3_600_000
    const id = incoming({ live: false, at })
    expect(find(id)).toMatchObject({
      startedAt: at,
      state: { ...over('unanswered'), at },
      seen: false,
      late: true,
    })
    expect(stage.said()).toEqual([])
    expect(stage.news()).toEqual([`history ${id}`, `missed ${id}`])
    expect(current()).toBeNull()
  })

  test.each([9e15, Number.NaN, -5, 1.5])(
    'a wrong clock over there (%s) makes no call of the future',
    (at) => {
      const id = incoming({ live: false, at })
      const startedAt = find(id)?.startedAt ?? -1
      expect(startedAt).toBeGreaterThanOrEqual(0)
      expect(startedAt).toBeLessThanOrEqual(stage.clock.now())
      expect(Number.isInteger(startedAt)).toBe(true)
    },
  )

  test('told again is the same call', () => {
    const id = incomingUntil('ringing')
    incoming({ callId: id })
    incoming({ callId: id, live: false })
    stage.calls.hear({ type: 'ended', callId: id, reason: 'cancelled', accepts: null })
    const missed = find(id)
    forget()
    incoming({ callId: id })
    incoming({ callId: id, live: false })
    expect(find(id)).toEqual(missed)
    expect([stage.said(), stage.published(), stage.news(), current()]).toEqual([[], [], [], null])
  })

  test('with an id that is none is not taken', () => {
    incoming({ callId: '../../etc/passwd' })
    expect([stage.said(), stage.published(), current()]).toEqual([[], [], null])
  })

  test('is seen once', () => {
    const id = incoming({ live: false })
    forget()
    expect(stage.calls.handlers['calls/markSeen']({ callId: id })).toBeNull()
    expect(find(id)?.seen).toBe(true)
    expect(stage.published()).toEqual([['calls/changed', find(id)]])
    expect(stage.news()).toEqual([`history ${id}`, `withdraw ${id}`])
    stage.calls.handlers['calls/markSeen']({ callId: id })
    stage.calls.handlers['calls/markSeen']({ callId: randomUUID() })
    expect(stage.published()).toEqual([])
  })

  test('their recording for it is told, for incoming calls that we know', () => {
    const id = incoming({ live: false })
    const out = placeUntil('dialing')
    forget()
    for (const callId of [id, out, randomUUID()]) stage.calls.hear({ type: 'recording', callId, on: true })
    expect(stage.published()).toEqual([['calls/recording', { callId: id, on: true }]])
  })
})

describe('both call at once', () => {
  test('theirs counts: ours never was, and theirs is answered already', () => {
    const mine = placeUntil('dialing')
    const theirs = randomUUID()
    stage.calls.hear({ type: 'glare', ours: mine, theirs: { callId: theirs, media: 'audio' } })
    expect(find(mine)).toBeUndefined()
    expect(current()).toMatchObject({
      id: theirs,
      personId: bobId,
      direction: 'in',
      media: 'audio',
      state: { phase: 'connecting' },
      seen: true,
    })
    expect(stage.news()).toEqual([`history ${theirs}`])
    stage.calls.hear({ type: 'connect', callId: theirs, offer: false, plain: false })
    expect(stage.published()).toEqual([
      ['calls/changed', find(theirs)],
      ['calls/connect', { callId: theirs, offer: false, plain: false }],
    ])
    stage.clock.advance(20_000)
    expect(stateOf(theirs)).toMatchObject(over('failed'))
  })

  test('but ours was taken back meanwhile: nobody here wants theirs', () => {
    const mine = placeUntil('dialing')
    stage.calls.handlers['calls/end']({ callId: mine, reason: 'hung-up' })
    forget()
    const theirs = randomUUID()
    stage.calls.hear({ type: 'glare', ours: mine, theirs: { callId: theirs, media: 'audio' } })
    expect(stage.said()).toEqual([['end', theirs, 'hung-up']])
    expect(stateOf(mine)).toMatchObject(over('cancelled'))
    expect([find(theirs), current()]).toEqual([undefined, null])
  })
})

describe('starting and stopping', () => {
  test.each([
    ['out', 'dialing', 'cancelled'],
    ['out', 'ringing', 'cancelled'],
    ['in', 'ringing', 'cancelled'],
    ['out', 'connecting', 'failed'],
    ['in', 'connected', 'answered'],
    ['out', 'connected', 'answered'],
  ] as const)('what a crash left %s %s is %s', (direction, phase, outcome) => {
    const id = direction === 'out' ? placeUntil(phase) : incomingUntil(phase as 'ringing' | 'connected')
    const again = callStage(stage.db)
    again.clock.advance(24 * 3_600_000)
    again.setPeer({ address: bob, reachable: false })
    again.calls.start()
    expect(again.calls.find(id)?.state).toMatchObject({ ...over(outcome), talkedMs: 0 })
    expect(again.calls.active()).toBeNull()
    expect(again.clock.waiting()).toBe(0)
    const missed = direction === 'in' && outcome !== 'answered'
    expect(again.news().filter((line) => !/history|withdraw/.test(line))).toEqual([
      ...(missed ? [`missed ${id}`] : []),
      ...(phase === 'dialing' ? [`tell later ${id}`] : []),
    ])
    again.calls.start()
    expect(again.published()).toHaveLength(1)
  })

  test('stopping says goodbye to the running call', () => {
    const id = placeUntil('connected')
    stage.calls.stop()
    expect(stage.said()).toEqual([['end', id, 'hung-up']])
    expect(stateOf(id)).toMatchObject(over('answered'))
    stage.calls.stop()
    expect(stage.said()).toEqual([])
  })

  test('a call that rings here when we stop was missed', () => {
    const id = incomingUntil('ringing')
    stage.calls.stop()
    expect(stage.said()).toEqual([['decline', id, 'unanswered', { ...ours, note: '' }]])
    expect(find(id)).toMatchObject({ state: over('unanswered'), seen: false })
  })
})
