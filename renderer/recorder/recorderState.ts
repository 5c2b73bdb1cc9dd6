import type { Medium } from '../../preload/contract/ids'
import type { BeginTakeFailure, FinishFailure, Take } from '../../preload/contract/takes'
import { assertNever } from '../app/assertNever'
import type { CaptureProblem } from './captureProblem'

/** What is to be recorded, for which call. */
export type RecorderTarget = { callId: string; personId: string; kind: Medium; limitMs: number }

/** Why a recording came to its end. Whatever the reason, what was recorded is kept. */
export type StopReason =
  | 'stopped'
  | 'limit'
  | 'hidden'
  | 'camera-lost'
  | 'microphone-lost'
  | 'disk-full'
  | 'recorder-failed'

/** What keeps a recording from starting, or from being kept. */
export type RecorderProblem =
  | { kind: 'capture'; problem: CaptureProblem }
  | { kind: BeginTakeFailure['kind'] | FinishFailure['kind'] }
  /** A bug on the other side of the bridge; the spool keeps what was recorded. */
  | { kind: 'unexpected' }

export type RecorderState =
  | { phase: 'closed' }
  /** Waits for the devices; `thenCount` starts the countdown as soon as they are there. */
  | { phase: 'opening'; target: RecorderTarget; thenCount: boolean }
  | { phase: 'blocked'; target: RecorderTarget; problem: RecorderProblem }
  | { phase: 'ready'; target: RecorderTarget }
  | { phase: 'countdown'; target: RecorderTarget; left: number }
  | { phase: 'starting'; target: RecorderTarget }
  /** `recordedMs` without the stretch that runs since `since`. */
  | { phase: 'recording'; target: RecorderTarget; takeId: string; recordedMs: number; since: number }
  | { phase: 'paused'; target: RecorderTarget; takeId: string; recordedMs: number }
  | {
      phase: 'finishing'
      target: RecorderTarget
      takeId: string
      recordedMs: number
      reason: StopReason
    }
  | { phase: 'preview'; target: RecorderTarget; take: Take; reason: StopReason; sending: boolean }

/** Times are milliseconds of one monotonic clock. */
export type RecorderEvent =
  | { type: 'open'; target: RecorderTarget }
  | { type: 'openTake'; target: RecorderTarget; take: Take }
  /** The devices are there. */
  | { type: 'captured'; countdownSeconds: number }
  | { type: 'captureFailed'; problem: CaptureProblem }
  | { type: 'tryAgain' }
  | { type: 'start'; countdownSeconds: number }
  | { type: 'tick' }
  | { type: 'skipCountdown' }
  | { type: 'stopCountdown' }
  | { type: 'began'; takeId: string; at: number }
  | { type: 'beginFailed'; problem: RecorderProblem }
  | { type: 'pause'; at: number }
  | { type: 'resume'; at: number }
  | { type: 'stop'; at: number; reason: StopReason }
  | { type: 'finished'; take: Take }
  | { type: 'finishFailed'; problem: RecorderProblem }
  /** What was recorded is not wanted: back to ready. */
  | { type: 'retake' }
  | { type: 'takeChanged'; take: Take }
  | { type: 'takeRemoved'; takeId: string }
  | { type: 'send' }
  | { type: 'sendFailed' }
  | { type: 'close' }

export const closedRecorder: RecorderState = { phase: 'closed' }

const ready = (target: RecorderTarget): RecorderState => ({ phase: 'ready', target })

const counting = (target: RecorderTarget, seconds: number): RecorderState =>
  seconds > 0 ? { phase: 'countdown', target, left: seconds } : { phase: 'starting', target }

/** How much is recorded at `now`, in milliseconds. */
export function recordedAt(state: RecorderState, now: number): number {
  switch (state.phase) {
    case 'recording':
      return state.recordedMs + Math.max(0, now - state.since)
    case 'paused':
    case 'finishing':
      return state.recordedMs
    default:
      return 0
  }
}

/**
 * The recorder's whole course as one function. An event that means nothing in a state leaves it as it is, so late and
 * doubled events are harmless; `close` leads out of every state.
 */
export function nextRecorderState(state: RecorderState, event: RecorderEvent): RecorderState {
  switch (event.type) {
    case 'open':
      return state.phase === 'closed' ? { phase: 'opening', target: event.target, thenCount: true } : state
    case 'openTake':
      return state.phase === 'closed'
        ? { phase: 'preview', target: event.target, take: event.take, reason: 'stopped', sending: false }
        : state
    case 'captured':
      if (state.phase !== 'opening') return state
      return state.thenCount ? counting(state.target, event.countdownSeconds) : ready(state.target)
    case 'captureFailed':
      return captureFailed(state, event.problem)
    case 'tryAgain':
      return state.phase === 'blocked' ? { phase: 'opening', target: state.target, thenCount: false } : state
    case 'start':
      return state.phase === 'ready' ? counting(state.target, event.countdownSeconds) : state
    case 'tick':
      if (state.phase !== 'countdown') return state
      return state.left > 1 ? { ...state, left: state.left - 1 } : { phase: 'starting', target: state.target }
    case 'skipCountdown':
      return state.phase === 'countdown' ? { phase: 'starting', target: state.target } : state
    case 'stopCountdown':
      return state.phase === 'countdown' ? ready(state.target) : state
    case 'began':
      return state.phase === 'starting'
        ? { phase: 'recording', target: state.target, takeId: event.takeId, recordedMs: 0, since: event.at }
        : state
    case 'beginFailed':
      return state.phase === 'starting'
        ? { phase: 'blocked', target: state.target, problem: event.problem }
        : state
    case 'pause':
      return state.phase === 'recording'
        ? {
            phase: 'paused',
            target: state.target,
            takeId: state.takeId,
            recordedMs: recordedAt(state, event.at),
          }
        : state
    case 'resume':
      return state.phase === 'paused' ? { ...state, phase: 'recording', since: event.at } : state
    case 'stop':
      return stopped(state, event.at, event.reason)
    case 'finished':
      return finished(state, event.take)
    case 'finishFailed':
      return state.phase === 'finishing'
        ? { phase: 'blocked', target: state.target, problem: event.problem }
        : state
    case 'retake':
      return retaken(state)
    case 'takeChanged':
      if (event.take.state.phase === 'recording') return state
      return state.phase === 'preview' && state.take.id === event.take.id
        ? { ...state, take: event.take }
        : finished(state, event.take)
    case 'takeRemoved':
      return state.phase === 'preview' && state.take.id === event.takeId && !state.sending
        ? closedRecorder
        : state
    case 'send':
      return state.phase === 'preview' && state.take.state.phase === 'ready'
        ? { ...state, sending: true }
        : state
    case 'sendFailed':
      return state.phase === 'preview' ? { ...state, sending: false } : state
    case 'close':
      return closedRecorder
    default:
      return assertNever(event)
  }
}

function captureFailed(state: RecorderState, problem: CaptureProblem): RecorderState {
  switch (state.phase) {
    case 'opening':
    case 'ready':
    case 'countdown':
    case 'starting':
      return { phase: 'blocked', target: state.target, problem: { kind: 'capture', problem } }
    default:
      return state
  }
}

function stopped(state: RecorderState, at: number, reason: StopReason): RecorderState {
  if (state.phase !== 'recording' && state.phase !== 'paused') return state
  const { target, takeId } = state
  return { phase: 'finishing', target, takeId, recordedMs: recordedAt(state, at), reason }
}

/** The take is there, ready or still preparing; main's event may be quicker than its answer. */
function finished(state: RecorderState, take: Take): RecorderState {
  return state.phase === 'finishing' && state.takeId === take.id
    ? { phase: 'preview', target: state.target, take, reason: state.reason, sending: false }
    : state
}

/** The devices stayed warm while it recorded; after a preview they have to be opened again. */
function retaken(state: RecorderState): RecorderState {
  switch (state.phase) {
    case 'recording':
    case 'paused':
      return ready(state.target)
    case 'preview':
      return state.sending ? state : { phase: 'opening', target: state.target, thenCount: false }
    default:
      return state
  }
}
