import { createAsyncThunk, type ThunkDispatch, type UnknownAction } from '@reduxjs/toolkit'
import type { AftertoneApi } from '../../preload/contract'
import type { Result } from '../../preload/contract/result'

/** What every thunk gets as its `extra`. */
export type ThunkExtra = { bridge: AftertoneApi }

/** Whoever can dispatch a request. The whole state's type stays out of it: the store knows the slices, not they it. */
export type RequestDispatch = ThunkDispatch<unknown, ThunkExtra, UnknownAction>

export const createAppThunk = createAsyncThunk.withTypes<{
  extra: ThunkExtra
}>()

type Shown = {
  /** `inline`: the screen that asked says what went wrong, so no notice is shown. */
  failures: 'notice' | 'inline'
}

/**
 * A thunk that asks the main process for a `Result`: fulfilled with its value, rejected with its failure as payload.
 * Every rejection is shown as a sentence (see `listeners.ts`), unless the screen itself does.
 *
 * `const place = createRequest('call/place', (bridge, input: PlaceCall) => bridge.calls.place(input))`
 */
export function createRequest<Input, Value, Failure extends { kind: string }>(
  type: string,
  ask: (bridge: AftertoneApi, input: Input) => Promise<Result<Value, Failure>>,
  shown: Shown = { failures: 'notice' },
) {
  return createAsyncThunk<Value, Input, { extra: ThunkExtra; rejectValue: Failure; rejectedMeta: Shown }>(
    type,
    async (input, { extra, rejectWithValue }) => {
      const result = await ask(extra.bridge, input)
      return result.ok ? result.value : rejectWithValue(result.failure, shown)
    },
  )
}
