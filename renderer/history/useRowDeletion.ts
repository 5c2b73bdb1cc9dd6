import { useState } from 'react'
import { useAppDispatch, useAppSelector } from '../app/hooks'
import { selectSelection, stageLeft } from '../app/stageSlice'
import { deleteFromHistory, undoDeletion } from './deletion'
import { callIdsOf, type HistoryListRow } from './historyRows'
import { marksCleared, selectHistory } from './historySlice'
import { hasMarks, markedBy } from './marks'

/** Deletes lines of the list, or the calls that are picked; the focus goes on to what stays. */
export function useRowDeletion({
  rows,
  focus,
  rowIsMarked,
}: {
  rows: readonly HistoryListRow[]
  focus: { index: number; focus(id: string): void }
  rowIsMarked(row: HistoryListRow): boolean
}) {
  const dispatch = useAppDispatch()
  const { filter, search, marks } = useAppSelector(selectHistory)
  const selection = useAppSelector(selectSelection)
  const selectedId = selection.kind === 'call' ? selection.callId : null
  const [last, setLast] = useState<number | null>(null)

  /** To the next row that stays, else to the one before. */
  function leave(goes: (row: HistoryListRow) => boolean): void {
    const stays = (row: HistoryListRow) => !goes(row)
    const after = rows.slice(focus.index).find(stays) ?? rows.slice(0, focus.index).findLast(stays)
    if (after) focus.focus(after.id)
  }

  async function removePicked(): Promise<void> {
    if (selectedId !== null && markedBy(marks)(selectedId)) dispatch(stageLeft())
    leave(rowIsMarked)
    const { all, callIds } = marks
    const what = all
      ? ({ kind: 'list', filter, search, except: callIds } as const)
      : ({ kind: 'calls', callIds } as const)
    const done = await dispatch(deleteFromHistory(what))
    dispatch(marksCleared())
    if (deleteFromHistory.fulfilled.match(done)) setLast(done.payload)
  }

  async function removeRow(row: HistoryListRow): Promise<void> {
    const callIds = callIdsOf([row])
    const gone = new Set(callIds)
    if (selectedId !== null && gone.has(selectedId)) dispatch(stageLeft())
    leave((other) => callIdsOf([other]).every((callId) => gone.has(callId)))
    const done = await dispatch(deleteFromHistory({ kind: 'calls', callIds }))
    if (deleteFromHistory.fulfilled.match(done)) setLast(done.payload)
  }

  return {
    removePicked,
    /** The picked calls, when the row is one of them; else the row. */
    remove: (row: HistoryListRow) => (hasMarks(marks) && rowIsMarked(row) ? removePicked() : removeRow(row)),
    /** Takes back what was deleted last; false when there is nothing. */
    undoLast(): boolean {
      if (last === null) return false
      dispatch(undoDeletion(last))
      setLast(null)
      return true
    },
  }
}
