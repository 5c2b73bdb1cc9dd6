import type { Take } from '../../../../preload/contract/takes'
import type { RecorderState, RecorderTarget } from '../../../../renderer/recorder/recorderState'

export const target: RecorderTarget = { callId: 'call', personId: 'bob', kind: 'video', limitMs: 180_000 }

export const aTake = (change: Partial<Take> = {}): Take => ({
  id: 'take',
  callId: 'call',
  personId: 'bob',
  kind: 'video',
  startedAt: 0,
  durationMs: 12_000,
  width: 1280,
  height: 720,
  waveform: null,
  state: { phase: 'ready' },
  ...change,
})

/** One of each phase. */
export const states = {
  closed: { phase: 'closed' },
  opening: { phase: 'opening', target, thenCount: true },
  blocked: { phase: 'blocked', target, problem: { kind: 'disk-full' } },
  ready: { phase: 'ready', target },
  countdown: { phase: 'countdown', target, left: 2 },
  starting: { phase: 'starting', target },
  recording: { phase: 'recording', target, takeId: 'take', recordedMs: 1_000, since: 100 },
  paused: { phase: 'paused', target, takeId: 'take', recordedMs: 1_000 },
  finishing: { phase: 'finishing', target, takeId: 'take', recordedMs: 1_000, reason: 'stopped' },
  preview: { phase: 'preview', target, take: aTake(), reason: 'stopped', sending: false },
} as const satisfies { [Phase in RecorderState['phase']]: Extract<RecorderState, { phase: Phase }> }
