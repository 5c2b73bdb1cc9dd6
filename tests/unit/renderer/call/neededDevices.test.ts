import { describe, expect, it } from 'vitest'
import type { CallState } from '../../../../preload/contract/calls'
import { neededDevices } from '../../../../renderer/call/neededDevices'
import { states, target } from '../recorder/sampleStates'
import { aCall, ended, ringing } from './sampleCalls'

const idle = { call: null, recorder: states.closed, cameraOn: true, offerWarm: true, visible: true }
const both = { camera: true, microphone: true }
const sound = { camera: false, microphone: true }
const picture = { camera: true, microphone: false }
const none = { camera: false, microphone: false }
const inCall = (state: CallState) => ({ ...idle, call: aCall({ state }) })

describe('a call', () => {
  it.each([
    { phase: 'dialing' },
    ringing,
    { phase: 'connecting' },
    { phase: 'connected', since: 0 },
  ] as const)('of ours needs both while $phase, and sound alone with the camera switched off', (state) => {
    expect(neededDevices(inCall(state))).toEqual(both)
    expect(neededDevices({ ...inCall(state), cameraOn: false })).toEqual(sound)
  })

  it('goes on talking in a hidden window, without the camera', () => {
    expect(neededDevices({ ...inCall({ phase: 'connected', since: 0 }), visible: false })).toEqual(sound)
  })

  it('that rings here opens nothing before it is answered', () => {
    expect(neededDevices({ ...idle, call: aCall({ direction: 'in', state: ringing }) })).toEqual(none)
  })

  it('that has ended keeps the own picture for the offer, until nobody touches it, and never the microphone', () => {
    const offer = inCall(ended('unanswered'))
    expect(neededDevices(offer)).toEqual(picture)
    expect(neededDevices({ ...offer, offerWarm: false })).toEqual(none)
    expect(neededDevices({ ...offer, visible: false })).toEqual(none)
    expect(neededDevices({ ...offer, cameraOn: false })).toEqual(none)
  })
})

describe('the recorder', () => {
  it.each(['opening', 'ready', 'countdown', 'starting', 'recording', 'paused'] as const)(
    'needs its devices while %s, and none when the window hides',
    (phase) => {
      const recorder = states[phase]
      expect(neededDevices({ ...idle, recorder })).toEqual(both)
      expect(
        neededDevices({ ...idle, recorder: { ...recorder, target: { ...target, kind: 'audio' } } }),
      ).toEqual(sound)
      expect(neededDevices({ ...idle, recorder, visible: false })).toEqual(none)
    },
  )

  it.each(['blocked', 'finishing', 'preview'] as const)(
    'lets go of everything in %s, even after a call',
    (phase) => {
      expect(neededDevices({ ...inCall(ended('unanswered')), recorder: states[phase] })).toEqual(none)
    },
  )
})

it('nothing on the stage needs nothing', () => {
  expect(neededDevices(idle)).toEqual(none)
})
