import type { HistoryDeletion } from '../../preload/contract/history'
import { noticeShown, undone } from '../app/noticesSlice'
import { createAppThunk, createRequest, type RequestDispatch } from '../app/requests'

const undo = createRequest('history/undoDelete', (bridge, deletion: number) =>
  bridge.history.undoDelete({ deletion }),
)

/** Takes a deletion back; there is nothing to be said of it any more. */
export const undoDeletion = (deletion: number) => (dispatch: RequestDispatch) => {
  dispatch(undone(deletion))
  void dispatch(undo(deletion))
}

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
