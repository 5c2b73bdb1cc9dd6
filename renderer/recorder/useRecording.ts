import { useEffect, useRef } from 'react'
import { bridge } from '../app/bridge'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { selectSettings } from '../settings/settingsSlice'
import type { Capture, CaptureState } from './captureService'
import { deviceNews, tracksFor } from './deviceNews'
import { createRecording, type Recording } from './mediaRecorderService'
import { createPictureSampler } from './pictureSampler'
import { recorderEvent, selectRecorder } from './recorderSlice'
import { recordedAt } from './recorderState'

/** Does what the recorder's state asks for, with this screen's devices. A recording outlives no screen: it is kept. */
export function useRecording(capture: Capture, devices: CaptureState, visible: boolean): void {
  useCountdown()
  useLimit()
  useDeviceNews(capture)
  useHiding(visible)
  useRecordingSession(devices)
}

function useCountdown(): void {
  const dispatch = useAppDispatch()
  const left = useAppSelector((state) => (state.recorder.phase === 'countdown' ? state.recorder.left : null))
  useEffect(() => {
    if (left === null) return
    const timer = setTimeout(() => dispatch(recorderEvent({ type: 'tick' })), 1_000)
    return () => clearTimeout(timer)
  }, [dispatch, left])
}

function useLimit(): void {
  const dispatch = useAppDispatch()
  const recorder = useAppSelector(selectRecorder)
  useEffect(() => {
    if (recorder.phase !== 'recording') return
    const left = recorder.target.limitMs - recordedAt(recorder, performance.now())
    const stop = () => dispatch(recorderEvent({ type: 'stop', at: performance.now(), reason: 'limit' }))
    const timer = setTimeout(stop, Math.max(0, left))
    return () => clearTimeout(timer)
  }, [dispatch, recorder])
}

function useDeviceNews(capture: Capture): void {
  const dispatch = useAppDispatch()
  const recorder = useAppSelector(selectRecorder)
  const { countdownSeconds } = useAppSelector(selectSettings)
  const opening = recorder.phase === 'opening'
  // What failed for the call may work by now: the person asks anew.
  useEffect(() => {
    if (opening) capture.retry()
  }, [capture, opening])
  useEffect(() => {
    const tell = () => {
      const event = deviceNews(recorder, capture.state(), { at: performance.now(), countdownSeconds })
      if (event !== null) dispatch(recorderEvent(event))
    }
    tell()
    return capture.subscribe(tell)
  }, [dispatch, recorder, capture, countdownSeconds])
}

function useHiding(visible: boolean): void {
  const dispatch = useAppDispatch()
  useEffect(() => {
    if (visible) return
    dispatch(recorderEvent({ type: 'stopCountdown' }))
    dispatch(recorderEvent({ type: 'stop', at: performance.now(), reason: 'hidden' }))
  }, [dispatch, visible])
}

function useRecordingSession(devices: CaptureState): void {
  const dispatch = useAppDispatch()
  const recorder = useAppSelector(selectRecorder)
  const recording = useRef<Recording | null>(null)
  const { phase } = recorder
  const target = recorder.phase === 'starting' ? recorder.target : null
  const tracks = target === null ? null : tracksFor(target.kind, devices)
  const camera = tracks?.camera ?? null
  const microphone = tracks?.microphone ?? null

  useEffect(() => {
    if (target === null || microphone === null) return
    const made = createRecording({
      callId: target.callId,
      kind: target.kind,
      stream: new MediaStream(camera === null ? [microphone] : [camera, microphone]),
      takes: bridge.takes,
      sampler: camera === null ? null : createPictureSampler(camera),
      onTrouble: (reason) => dispatch(recorderEvent({ type: 'stop', at: performance.now(), reason })),
    })
    let settled = false
    recording.current = made
    void made.begin().then((begun) => {
      if (recording.current !== made) return
      settled = true
      dispatch(
        begun.ok
          ? recorderEvent({ type: 'began', takeId: begun.value.id, at: performance.now() })
          : recorderEvent({ type: 'beginFailed', problem: begun.failure }),
      )
    })
    return () => {
      // Left before main answered: nothing was recorded, nothing is kept.
      if (!settled) forget(made)
      if (!settled && recording.current === made) recording.current = null
    }
  }, [dispatch, target, camera, microphone])

  useEffect(() => {
    const made = recording.current
    switch (phase) {
      case 'paused':
        return made?.pause()
      case 'recording':
        return made?.resume()
      case 'finishing':
        void made?.finish().then((finished) => {
          if (recording.current !== made) return
          recording.current = null
          dispatch(
            finished.ok
              ? recorderEvent({ type: 'finished', take: finished.value })
              : recorderEvent({ type: 'finishFailed', problem: finished.failure }),
          )
        })
        return
      case 'ready':
        if (made !== null) forget(made)
        recording.current = null
        return
      case 'closed':
        void made?.finish()
        recording.current = null
        return
    }
  }, [dispatch, phase])

  useEffect(
    () => () => {
      if (recording.current === null) return
      void recording.current.finish()
      recording.current = null
      dispatch(recorderEvent({ type: 'close' }))
    },
    [dispatch],
  )
}

/** Its take is deleted in main; if main is gone as well, there is nobody left to tell. */
function forget(recording: Recording): void {
  recording.discard().catch(() => undefined)
}
