import { createAsyncThunk } from '@reduxjs/toolkit'
import type { AftertoneApi } from '../../preload/contract'
import type { Result } from '../../preload/contract/result'
import type { AppDispatch, RootState } from './store'

/** What every thunk gets as its `extra`. */
export type ThunkExtra = { bridge: AftertoneApi }

export const createAppThunk = createAsyncThunk.withTypes<{
  state: RootState
  dispatch: AppDispatch
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
  return createAsyncThunk<
    Value,
    Input,
    { state: RootState; dispatch: AppDispatch; extra: ThunkExtra; rejectValue: Failure; rejectedMeta: Shown }
  >(type, async (input, { extra, rejectWithValue }) => {
    const result = await ask(extra.bridge, input)
    return result.ok ? result.value : rejectWithValue(result.failure, shown)
  })
}
