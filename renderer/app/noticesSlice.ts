import { createSlice, nanoid, type PayloadAction } from '@reduxjs/toolkit'
import type { TextKey, TextParameters } from '../text/text'

/** One sentence for the person: `status` is good news and leaves by itself, `alert` stays until it is closed. */
export type Notice = {
  id: string
  tone: 'status' | 'alert'
  key: TextKey
  parameters: TextParameters
  /** The deletion that Undo takes back; null when there is nothing to undo. */
  undo: number | null
}

const MOST_AT_ONCE = 3

const notices = createSlice({
  name: 'notices',
  initialState: [] as Notice[],
  reducers: {
    noticeShown: {
      prepare: (
        tone: Notice['tone'],
        key: TextKey,
        parameters: TextParameters = {},
        undo: Notice['undo'] = null,
      ) => ({ payload: { id: nanoid(), tone, key, parameters, undo } }),
      /** The same sentence again replaces the earlier one, so that a repeated failure does not pile up. */
      reducer: (state, { payload }: PayloadAction<Notice>) =>
        [...state.filter((notice) => notice.key !== payload.key), payload].slice(-MOST_AT_ONCE),
    },
    noticeClosed: (state, { payload }: PayloadAction<string>) =>
      state.filter((notice) => notice.id !== payload),
    /** This deletion was taken back. */
    undone: (state, { payload }: PayloadAction<number>) => state.filter((notice) => notice.undo !== payload),
  },
})

export const { noticeShown, noticeClosed, undone } = notices.actions
export const noticesReducer = notices.reducer
