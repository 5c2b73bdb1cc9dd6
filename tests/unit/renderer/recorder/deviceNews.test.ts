import { describe, expect, it } from 'vitest'
import type { CaptureState, DeviceState } from '../../../../renderer/recorder/captureService'
import { deviceNews, tracksFor } from '../../../../renderer/recorder/deviceNews'
import { FakeTrack } from './fakeDevices'
import { states, target } from './sampleStates'

const on = (kind: 'audio' | 'video', interrupted = false): DeviceState => ({
  kind: 'on',
  track: new FakeTrack(kind).asTrack,
  interrupted,
})
const failed = (device: 'camera' | 'microphone'): DeviceState => ({
  kind: 'failed',
  problem: { device, kind: 'unplugged' },
})
const off: DeviceState = { kind: 'off' }
const all: CaptureState = { camera: on('video'), microphone: on('audio') }
const now = { at: 700, countdownSeconds: 3 }
const audio = { ...target, kind: 'audio' as const }

describe('before the recording', () => {
  it('waits for both devices, for sound alone only for the microphone', () => {
    expect(deviceNews(states.opening, { ...all, camera: { kind: 'opening' } }, now)).toBeNull()
    expect(deviceNews(states.opening, all, now)).toEqual({ type: 'captured', countdownSeconds: 3 })
    expect(deviceNews({ ...states.opening, target: audio }, { ...all, camera: off }, now)).toMatchObject({
      type: 'captured',
    })
  })

  it.each(['opening', 'ready', 'countdown', 'starting'] as const)(
    'a device that fails blocks (%s)',
    (phase) => {
      expect(deviceNews(states[phase], { ...all, camera: failed('camera') }, now)).toEqual({
        type: 'captureFailed',
        problem: { device: 'camera', kind: 'unplugged' },
      })
      expect(deviceNews(states[phase], { ...all, microphone: failed('microphone') }, now)).toMatchObject({
        problem: { device: 'microphone' },
      })
    },
  )

  it('does not mind a broken camera for an audio message', () => {
    expect(
      deviceNews({ ...states.ready, target: audio }, { ...all, camera: failed('camera') }, now),
    ).toBeNull()
  })
})

describe('while it records', () => {
  it.each(['recording', 'paused'] as const)('a lost device ends it, with what there is (%s)', (phase) => {
    const stop = { type: 'stop', at: 700 }
    const lost = (camera: DeviceState, microphone: DeviceState) =>
      deviceNews(states[phase], { camera, microphone }, now)
    expect(lost(failed('camera'), all.microphone)).toEqual({ ...stop, reason: 'camera-lost' })
    expect(lost(on('video', true), all.microphone)).toEqual({ ...stop, reason: 'camera-lost' })
    expect(lost(all.camera, failed('microphone'))).toEqual({ ...stop, reason: 'microphone-lost' })
    expect(lost(all.camera, on('audio', true))).toEqual({ ...stop, reason: 'microphone-lost' })
    expect(lost(all.camera, all.microphone)).toBeNull()
  })
})

it.each(['closed', 'blocked', 'finishing', 'preview'] as const)(
  'means nothing when nothing is open (%s)',
  (phase) => {
    expect(deviceNews(states[phase], { camera: failed('camera'), microphone: off }, now)).toBeNull()
  },
)

it('records the camera only for a video', () => {
  expect(tracksFor('audio', all)?.camera).toBeNull()
  expect(tracksFor('video', all)?.camera).not.toBeNull()
  expect(tracksFor('video', { ...all, camera: off })).toBeNull()
})
