import type { HistoryDeletion } from '../../preload/contract/history'
import { noticeShown } from '../app/noticesSlice'
import { createAppThunk, createRequest } from '../app/requests'

export const undoDeletion = createRequest('history/undoDelete', (bridge, deletion: number) =>
  bridge.history.undoDelete({ deletion }),
)

/** Deletes, and says so with Undo beside it. Resolves with what undoing needs, null when nothing was deleted. */
export const deleteFromHistory = createAppThunk(
  'history/delete',
  async (what: HistoryDeletion, { extra, dispatch }): Promise<number | null> => {
    const { deletion, count } = await extra.bridge.history.delete(what)
    if (count === 0) return null
    const key = what.kind === 'message' ? 'history.deletedMessage' : 'history.deletedCalls'
    dispatch(noticeShown('status', key, { count }, deletion))
    return deletion
  },
)
