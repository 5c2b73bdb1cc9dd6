import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppendFailure, BeginTakeFailure } from '../../../../preload/contract/takes'
import { createRecording } from '../../../../renderer/recorder/mediaRecorderService'
import { FakeStream, FakeTrack } from './fakeDevices'
import { FakeMediaRecorder } from './fakeMediaRecorder'
import { aTake } from './sampleStates'

beforeEach(() => {
  FakeMediaRecorder.made = []
  vi.stubGlobal('MediaRecorder', FakeMediaRecorder)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const accepted = { ok: true as const, value: null }

/** A recording over a main process that keeps what it gets; `hold` lets acknowledgements wait. */
function setUp() {
  const appended: { seq: number; bytes: number[] }[] = []
  let append: (seq: number) => Promise<typeof accepted | { ok: false; failure: AppendFailure }> = async () =>
    accepted
  let beginFailure: BeginTakeFailure | null = null
  let posters: (Uint8Array<ArrayBuffer> | null)[] = []
  const onTrouble = vi.fn()
  const takes = {
    begin: vi.fn(async () =>
      beginFailure === null
        ? { ok: true as const, value: aTake({ state: { phase: 'recording' } }) }
        : { ok: false as const, failure: beginFailure },
    ),
    append: vi.fn(async ({ seq, bytes }: { takeId: string; seq: number; bytes: Uint8Array }) => {
      appended.push({ seq, bytes: [...bytes] })
      return append(seq)
    }),
    finish: vi.fn(async () => ({ ok: true as const, value: aTake() })),
    discard: vi.fn(async () => null),
  }
  const sampler = { pixels: () => null, poster: vi.fn(async () => posters.shift() ?? null), close: vi.fn() }
  const recording = createRecording({
    callId: 'call',
    kind: 'video',
    stream: new FakeStream([new FakeTrack('video'), new FakeTrack('audio')]) as unknown as MediaStream,
    takes,
    sampler,
    onTrouble,
  })
  return {
    recording,
    takes,
    sampler,
    onTrouble,
    appended,
    onAppend: (answer: typeof append) => {
      append = answer
    },
    refuseToBegin: (failure: BeginTakeFailure) => {
      beginFailure = failure
    },
    givePosters: (...given: typeof posters) => {
      posters = given
    },
    recorder: () => {
      const [made] = FakeMediaRecorder.made
      if (made === undefined) throw new Error('no recorder was made')
      return made
    },
  }
}

async function begun() {
  const parts = setUp()
  await parts.recording.begin()
  return { ...parts, made: parts.recorder() }
}

describe('the start', () => {
  it('has main make the take with what the recorder really records, then records in quarter seconds', async () => {
    const { made, takes } = await begun()
    expect(takes.begin).toHaveBeenCalledWith({
      callId: 'call',
      kind: 'video',
      mimeType: 'video/x-matroska;codecs=avc1,opus',
    })
    expect(made).toMatchObject({ state: 'recording', sliceMs: 250 })
    expect(made.options).toMatchObject({
      videoBitsPerSecond: 4_000_000,
      videoKeyFrameIntervalDuration: 1_000,
    })
  })

  it('records nothing when main refuses', async () => {
    const { recording, recorder, refuseToBegin } = setUp()
    refuseToBegin({ kind: 'already-recording', takeId: 'other' })
    expect(await recording.begin()).toEqual({
      ok: false,
      failure: { kind: 'already-recording', takeId: 'other' },
    })
    expect(recorder().state).toBe('inactive')
  })

  it('deletes the take when the person left before main answered', async () => {
    const { recording, recorder, takes } = setUp()
    let answer: () => void = () => undefined
    takes.begin.mockImplementationOnce(
      () => new Promise((resolve) => (answer = () => resolve({ ok: true, value: aTake() }))),
    )
    const beginning = recording.begin()
    await recording.discard()
    expect(takes.discard).not.toHaveBeenCalled()
    answer()
    await beginning
    expect(takes.discard).toHaveBeenCalledWith({ takeId: 'take' })
    expect(recorder().state).toBe('inactive')
  })
})

describe('chunks', () => {
  it('go in order, numbered from 0, without the empty ones', async () => {
    const { made, appended } = await begun()
    made.emit(1, 2)
    made.emit()
    made.emit(3)
    await vi.waitFor(() =>
      expect(appended).toEqual([
        { seq: 0, bytes: [1, 2] },
        { seq: 1, bytes: [3] },
      ]),
    )
  })

  it('never run more than eight ahead of main: the recorder waits, and goes on', async () => {
    const { made, appended, onAppend } = await begun()
    const waiting: (() => void)[] = []
    onAppend(() => new Promise((resolve) => waiting.push(() => resolve(accepted))))
    for (let chunk = 1; chunk <= 8; chunk += 1) made.emit(chunk)
    expect(made.state).toBe('paused')
    await vi.waitFor(() => expect(waiting).toHaveLength(1))
    waiting[0]?.()
    await vi.waitFor(() => expect(made.state).toBe('recording'))
    expect(appended.map(({ seq }) => seq)).toEqual([0, 1])
  })

  it('do not undo the person’s own pause', async () => {
    const { made, recording, appended } = await begun()
    recording.pause()
    made.emit(1)
    await vi.waitFor(() => expect(appended).toHaveLength(1))
    expect(made.state).toBe('paused')
    recording.resume()
    expect(made.state).toBe('recording')
  })
})

describe('the end', () => {
  it('waits for the last chunk before it tells main', async () => {
    const { made, recording, appended, takes } = await begun()
    made.emit(1)
    const finishing = recording.finish()
    expect(made.state).toBe('inactive')
    made.emitLast(2)
    expect(await finishing).toEqual({ ok: true, value: aTake() })
    expect(appended.map(({ bytes }) => bytes)).toEqual([[1], [2]])
    expect(takes.finish).toHaveBeenCalledWith(
      expect.objectContaining({ takeId: 'take', width: 1280, height: 720 }),
    )
    expect(takes.append.mock.invocationCallOrder.at(-1)).toBeLessThan(
      takes.finish.mock.invocationCallOrder[0] ?? 0,
    )
  })

  it('is the same when asked for twice', async () => {
    const { made, recording, takes } = await begun()
    const [first, second] = [recording.finish(), recording.finish()]
    made.emitLast()
    expect(await first).toBe(await second)
    expect(takes.finish).toHaveBeenCalledTimes(1)
  })

  it('comes even when the recorder never says that it stopped', async () => {
    vi.useFakeTimers()
    const { recording } = await begun()
    const finishing = recording.finish()
    await vi.advanceTimersByTimeAsync(3_000)
    expect(await finishing).toMatchObject({ ok: true })
  })

  it('leaves the pauses out of the length', async () => {
    vi.useFakeTimers()
    const { made, recording, takes } = await begun()
    vi.advanceTimersByTime(2_000)
    recording.pause()
    vi.advanceTimersByTime(60_000)
    recording.resume()
    vi.advanceTimersByTime(1_500)
    const finishing = recording.finish()
    made.emitLast()
    await finishing
    expect(takes.finish).toHaveBeenCalledWith(expect.objectContaining({ durationMs: 3_500 }))
  })

  it('deletes a take that is not wanted', async () => {
    const { made, recording, takes, appended } = await begun()
    const discarding = recording.discard()
    made.emitLast(9)
    await discarding
    expect(takes.discard).toHaveBeenCalledWith({ takeId: 'take' })
    expect(appended).toEqual([])
    expect(await recording.finish()).toEqual({ ok: false, failure: { kind: 'take-unknown' } })
  })
})

describe('the poster', () => {
  const jpeg = Uint8Array.from([0xff, 0xd8])

  it('is taken after half a second, and again while there is nothing but black', async () => {
    vi.useFakeTimers()
    const { made, recording, sampler, takes, givePosters } = await begun()
    givePosters(null, jpeg)
    await vi.advanceTimersByTimeAsync(499)
    expect(sampler.poster).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(501)
    expect(sampler.poster).toHaveBeenCalledTimes(2)
    const finishing = recording.finish()
    made.emitLast()
    await finishing
    expect(takes.finish).toHaveBeenCalledWith(expect.objectContaining({ poster: jpeg }))
    expect(sampler.close).toHaveBeenCalled()
  })

  it('of a very short take is its last picture', async () => {
    const { made, recording, takes, givePosters } = await begun()
    givePosters(jpeg)
    const finishing = recording.finish()
    made.emitLast()
    await finishing
    expect(takes.finish).toHaveBeenCalledWith(expect.objectContaining({ poster: jpeg }))
  })
})

describe('trouble', () => {
  it.each([
    [{ kind: 'disk-full' }, 'disk-full'],
    [{ kind: 'too-long' }, 'limit'],
    [{ kind: 'out-of-order', expected: 4 }, 'recorder-failed'],
  ] as const)(
    'main refuses a chunk (%o): said once as %s, and nothing more is sent',
    async (failure, reason) => {
      const { made, recording, onTrouble, onAppend, takes } = await begun()
      onAppend(async () => ({ ok: false, failure }))
      made.emit(1)
      made.emit(2)
      await vi.waitFor(() => expect(onTrouble).toHaveBeenCalledWith(reason))
      const finishing = recording.finish()
      made.emitLast(3)
      expect(await finishing).toMatchObject({ ok: true })
      expect(takes.append).toHaveBeenCalledTimes(1)
      expect(onTrouble).toHaveBeenCalledTimes(1)
    },
  )

  it('a recorder that fails still gives what it has', async () => {
    const { made, recording, onTrouble, appended } = await begun()
    made.onerror?.()
    const finishing = recording.finish()
    made.emitLast(7)
    await finishing
    expect(onTrouble.mock.calls).toEqual([['recorder-failed']])
    expect(appended).toEqual([{ seq: 0, bytes: [7] }])
  })

  it('a recorder that stops by itself, with its tracks, says so', async () => {
    const { made, onTrouble } = await begun()
    made.emitLast(1)
    expect(onTrouble).toHaveBeenCalledWith('recorder-failed')
  })
})
