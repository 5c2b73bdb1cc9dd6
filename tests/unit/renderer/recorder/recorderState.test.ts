import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  nextRecorderState,
  type RecorderEvent,
  type RecorderState,
  recordedAt,
} from '../../../../renderer/recorder/recorderState'
import { aTake, states, target } from './sampleStates'

type Phase = RecorderState['phase']

const unplugged = { device: 'camera', kind: 'unplugged' } as const
const preparing = aTake({ state: { phase: 'preparing', progress: 0.4 } })

const events = {
  open: { type: 'open', target },
  openTake: { type: 'openTake', target, take: aTake() },
  captured: { type: 'captured', countdownSeconds: 3 },
  capturedWithoutCountdown: { type: 'captured', countdownSeconds: 0 },
  captureFailed: { type: 'captureFailed', problem: unplugged },
  tryAgain: { type: 'tryAgain' },
  start: { type: 'start', countdownSeconds: 3 },
  startWithoutCountdown: { type: 'start', countdownSeconds: 0 },
  tick: { type: 'tick' },
  skipCountdown: { type: 'skipCountdown' },
  stopCountdown: { type: 'stopCountdown' },
  began: { type: 'began', takeId: 'take', at: 50 },
  beginFailed: { type: 'beginFailed', problem: { kind: 'already-recording' } },
  pause: { type: 'pause', at: 600 },
  resume: { type: 'resume', at: 900 },
  stop: { type: 'stop', at: 600, reason: 'stopped' },
  finished: { type: 'finished', take: aTake() },
  finishedAnother: { type: 'finished', take: aTake({ id: 'another' }) },
  finishFailed: { type: 'finishFailed', problem: { kind: 'too-short' } },
  retake: { type: 'retake' },
  takeRecording: { type: 'takeChanged', take: aTake({ state: { phase: 'recording' } }) },
  takePreparing: { type: 'takeChanged', take: preparing },
  takeRemoved: { type: 'takeRemoved', takeId: 'take' },
  anotherTakeRemoved: { type: 'takeRemoved', takeId: 'another' },
  send: { type: 'send' },
  sendFailed: { type: 'sendFailed' },
  close: { type: 'close' },
} as const satisfies Record<string, RecorderEvent>

/** Where each event leads from each phase; what is not listed changes nothing. */
const moves: Record<Phase, Partial<Record<keyof typeof events, Phase>>> = {
  closed: { open: 'opening', openTake: 'preview' },
  opening: {
    captured: 'countdown',
    capturedWithoutCountdown: 'starting',
    captureFailed: 'blocked',
    close: 'closed',
  },
  blocked: { tryAgain: 'opening', close: 'closed' },
  ready: { start: 'countdown', startWithoutCountdown: 'starting', captureFailed: 'blocked', close: 'closed' },
  countdown: {
    tick: 'countdown',
    skipCountdown: 'starting',
    stopCountdown: 'ready',
    captureFailed: 'blocked',
    close: 'closed',
  },
  starting: { began: 'recording', beginFailed: 'blocked', captureFailed: 'blocked', close: 'closed' },
  recording: { pause: 'paused', stop: 'finishing', retake: 'ready', close: 'closed' },
  paused: { resume: 'recording', stop: 'finishing', retake: 'ready', close: 'closed' },
  finishing: { finished: 'preview', takePreparing: 'preview', finishFailed: 'blocked', close: 'closed' },
  preview: {
    retake: 'opening',
    takePreparing: 'preview',
    takeRemoved: 'closed',
    send: 'preview',
    close: 'closed',
  },
}

const changesInPlace: Partial<Record<Phase, readonly string[]>> = {
  countdown: ['tick'],
  preview: ['takePreparing', 'send', 'sendFailed'],
}

describe('every event in every phase', () => {
  for (const [phase, state] of Object.entries(states) as [Phase, RecorderState][]) {
    for (const [name, event] of Object.entries(events) as [keyof typeof events, RecorderEvent][]) {
      const expected = moves[phase][name]
      it(`${phase} + ${name} → ${expected ?? 'as it was'}`, () => {
        const next = nextRecorderState(state, event)
        expect(next.phase).toBe(expected ?? phase)
        if (expected === undefined && !changesInPlace[phase]?.includes(name)) expect(next).toEqual(state)
      })
    }
  }
})

describe('the course of a recording', () => {
  it('counts down to the start', () => {
    const two = nextRecorderState(states.opening, { type: 'captured', countdownSeconds: 2 })
    expect(two).toEqual({ phase: 'countdown', target, left: 2 })
    const one = nextRecorderState(two, { type: 'tick' })
    expect(one).toEqual({ phase: 'countdown', target, left: 1 })
    expect(nextRecorderState(one, { type: 'tick' }).phase).toBe('starting')
  })

  it('waits for the person after a retake, instead of counting down at once', () => {
    const opening = nextRecorderState(states.preview, { type: 'retake' })
    expect(nextRecorderState(opening, { type: 'captured', countdownSeconds: 3 }).phase).toBe('ready')
  })

  it('counts what was recorded without the pauses', () => {
    const begun = nextRecorderState(states.starting, { type: 'began', takeId: 'take', at: 1_000 })
    const paused = nextRecorderState(begun, { type: 'pause', at: 4_000 })
    const resumed = nextRecorderState(paused, { type: 'resume', at: 60_000 })
    expect(recordedAt(paused, 50_000)).toBe(3_000)
    expect(recordedAt(resumed, 62_000)).toBe(5_000)
    expect(nextRecorderState(resumed, { type: 'stop', at: 62_500, reason: 'limit' })).toEqual({
      phase: 'finishing',
      target,
      takeId: 'take',
      recordedMs: 5_500,
      reason: 'limit',
    })
  })

  it('shows the take when main tells of it before it answers', () => {
    const shown = nextRecorderState(states.finishing, { type: 'takeChanged', take: preparing })
    expect(shown).toMatchObject({ phase: 'preview', take: { state: { progress: 0.4 } } })
    expect(nextRecorderState(shown, { type: 'finished', take: aTake() })).toBe(shown)
  })

  it('sends only what is ready, and only once', () => {
    const unready = { ...states.preview, take: preparing }
    expect(nextRecorderState(unready, { type: 'send' })).toBe(unready)
    const sending = nextRecorderState(states.preview, { type: 'send' })
    expect(sending).toMatchObject({ sending: true })
    expect(nextRecorderState(sending, { type: 'retake' })).toBe(sending)
    expect(nextRecorderState(sending, { type: 'takeRemoved', takeId: 'take' })).toBe(sending)
    expect(nextRecorderState(sending, { type: 'sendFailed' })).toMatchObject({ sending: false })
  })
})

describe('whatever happens', () => {
  const anyEvents = fc.array(fc.constantFrom(...Object.values(events)), { maxLength: 60 })
  const reached = (course: readonly RecorderEvent[]) =>
    course.reduce<RecorderState>(nextRecorderState, states.closed)

  it('is never stuck: close leads out, and what the person or the devices do leads on', () => {
    const waysOn: RecorderEvent[] = [
      events.open,
      events.captured,
      events.captureFailed,
      events.tryAgain,
      events.start,
      events.skipCountdown,
      events.beginFailed,
      events.stop,
      events.finishFailed,
      events.takeRemoved,
    ]
    fc.assert(
      fc.property(anyEvents, (course) => {
        const state = reached(course)
        expect(nextRecorderState(state, { type: 'close' }).phase).toBe('closed')
        // A preview that is being sent waits for main's answer.
        const settled = nextRecorderState(state, { type: 'sendFailed' })
        expect(waysOn.some((event) => nextRecorderState(settled, event).phase !== settled.phase)).toBe(true)
      }),
    )
  })

  it('sends nothing that was not previewed', () => {
    fc.assert(
      fc.property(anyEvents, (course) => {
        const state = reached(course)
        const sent = nextRecorderState(state, { type: 'send' })
        if (state.phase !== 'preview') expect(sent).toBe(state)
      }),
    )
  })

  it('never loses recorded time by a pause or a late event', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { maxLength: 30 }), (gaps) => {
        let now = 0
        let expected = 0
        let state: RecorderState = nextRecorderState(states.starting, {
          type: 'began',
          takeId: 'take',
          at: 0,
        })
        for (const gap of gaps) {
          now += gap
          if (state.phase === 'recording') expected += gap
          state = nextRecorderState(state, { type: state.phase === 'paused' ? 'resume' : 'pause', at: now })
        }
        expect(recordedAt(state, now)).toBe(expected)
      }),
    )
  })
})
