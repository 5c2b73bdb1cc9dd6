import { describe, expect, it, vi } from 'vitest'
import { createCapture } from '../../../../renderer/recorder/captureService'
import { fakeDevices } from './fakeDevices'

const camera = { camera: true, microphone: false, cameraId: '', microphoneId: '' }
const both = { ...camera, microphone: true }
const none = { ...camera, camera: false }

function setUp(access: 'granted' | 'denied' = 'granted') {
  const fake = fakeDevices()
  const capture = createCapture({ devices: fake.devices, askForMedia: async () => access })
  /** The n-th request to the browser, once it was made. */
  const request = (n: number) =>
    vi.waitFor(() => {
      const made = fake.asked[n - 1]
      if (made === undefined) throw new Error(`fewer than ${n} requests`)
      return made
    })
  return { ...fake, capture, request, settled: (check: () => void) => vi.waitFor(check) }
}

describe('what is needed is open, and nothing else', () => {
  it('opens the chosen camera at 720p, and keeps it between two needs', async () => {
    const { capture, request, settled, asked } = setUp()
    capture.need({ ...camera, cameraId: 'front' })
    const opening = await request(1)
    expect(opening.constraints.video).toMatchObject({
      deviceId: { ideal: 'front' },
      width: { ideal: 1280 },
      height: { ideal: 720 },
      frameRate: { ideal: 30 },
    })
    opening.give()
    await settled(() => expect(capture.state().camera.kind).toBe('on'))
    capture.need({ ...camera, cameraId: 'front' })
    expect(asked).toHaveLength(1)
  })

  it('asks for speech as it is: one channel, without echo and noise', async () => {
    const { capture, request } = setUp()
    capture.need({ ...none, microphone: true })
    expect((await request(1)).constraints.audio).toMatchObject({
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      channelCount: 1,
      sampleRate: 48_000,
    })
  })

  it('turns the light off in the same moment when the need is gone', async () => {
    const { capture, request, settled, live } = setUp()
    capture.need(camera)
    ;(await request(1)).give()
    await settled(() => expect(live()).toEqual(['video']))
    capture.need(none)
    expect(live()).toEqual([])
    expect(capture.state().camera).toEqual({ kind: 'off' })
  })

  it('stops everything at once', async () => {
    const { capture, request, settled, live } = setUp()
    capture.need(both)
    ;(await request(1)).give()
    ;(await request(2)).give()
    await settled(() => expect(live()).toEqual(['video', 'audio']))
    await settled(() => expect(capture.state().microphone.kind).toBe('on'))
    capture.stopAll()
    expect(live()).toEqual([])
  })

  it('leaves no light on when the camera comes after nobody wants it', async () => {
    const { capture, request, settled, live, tracks } = setUp()
    capture.need(camera)
    const opening = await request(1)
    capture.need(none)
    opening.give()
    await settled(() => expect(tracks).toHaveLength(1))
    await settled(() => expect(live()).toEqual([]))
    expect(capture.state().camera).toEqual({ kind: 'off' })
  })

  it('keeps only the newer of two openings', async () => {
    const { capture, request, settled, live } = setUp()
    capture.need(camera)
    const first = await request(1)
    capture.need(none)
    capture.need(camera)
    const second = await request(2)
    first.give()
    second.give()
    await settled(() => expect(capture.state().camera.kind).toBe('on'))
    expect(live()).toHaveLength(1)
  })
})

describe('what goes wrong has a name', () => {
  it.each([
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotAllowedError', 'denied'],
    ['NotReadableError', 'in-use'],
    ['UnknownError', 'failed'],
  ])('%s is %s', async (name, kind) => {
    const { capture, request, settled } = setUp()
    capture.need(camera)
    ;(await request(1)).refuse(name)
    await settled(() =>
      expect(capture.state().camera).toEqual({ kind: 'failed', problem: { device: 'camera', kind } }),
    )
  })

  it('does not ask the browser when the system refused', async () => {
    const { capture, settled, asked } = setUp('denied')
    capture.need(camera)
    await settled(() => expect(capture.state().camera).toMatchObject({ problem: { kind: 'denied' } }))
    expect(asked).toEqual([])
  })

  it('sound works without a camera', async () => {
    const { capture, request, settled } = setUp()
    capture.need(both)
    ;(await request(1)).refuse('NotFoundError')
    ;(await request(2)).give()
    await settled(() => expect(capture.state().microphone.kind).toBe('on'))
    expect(capture.state().camera.kind).toBe('failed')
  })

  it('notices an unplugged camera, and opens it again on retry', async () => {
    const { capture, request, settled } = setUp()
    const told = vi.fn()
    capture.subscribe(told)
    capture.need(camera)
    const track = (await request(1)).give()
    await settled(() => expect(capture.state().camera.kind).toBe('on'))
    told.mockClear()
    track.unplug()
    expect(capture.state().camera).toEqual({
      kind: 'failed',
      problem: { device: 'camera', kind: 'unplugged' },
    })
    expect(told).toHaveBeenCalled()
    capture.retry()
    ;(await request(2)).give()
    await settled(() => expect(capture.state().camera.kind).toBe('on'))
  })

  it('tells a camera that sleeps from one that is gone', async () => {
    const { capture, request, settled } = setUp()
    capture.need(camera)
    const track = (await request(1)).give()
    await settled(() => expect(capture.state().camera.kind).toBe('on'))
    track.sleep(true)
    expect(capture.state().camera).toMatchObject({ kind: 'on', interrupted: true })
    track.sleep(false)
    expect(capture.state().camera).toMatchObject({ kind: 'on', interrupted: false })
  })
})
