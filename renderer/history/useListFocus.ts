import { type FocusEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { findRow, type HistoryListRow } from './historyRows'

/**
 * The one row that Tab reaches. It stays the same call while rows come, go, and fall into one; when it is deleted, its
 * neighbour takes its place, and the focus where it was there.
 */
export function useListFocus(
  rows: readonly HistoryListRow[],
  scroller: RefObject<HTMLElement | null>,
  selectedId: string | null,
) {
  const [chosenId, setChosenId] = useState<string | null>(null)
  const lastIndex = useRef(0)
  const hadFocus = useRef(false)
  const wanted = chosenId ?? selectedId
  const found = wanted === null ? 0 : findRow(rows, wanted)
  const index = Math.max(0, found === -1 ? Math.min(lastIndex.current, rows.length - 1) : found)
  const rowId = rows[index]?.id

  const focusShown = (id: string): boolean => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)
    row?.focus({ preventScroll: true })
    return row !== null && row !== undefined
  }

  useLayoutEffect(() => {
    lastIndex.current = index
    // A row that went took the focus with it.
    const lost = hadFocus.current && (document.activeElement ?? document.body) === document.body
    if (lost && rowId !== undefined) focusShown(rowId)
  })

  return {
    index,
    choose: setChosenId,
    /** Moves the focus to a row that is there, or will be with the next picture. */
    focus(id: string) {
      setChosenId(id)
      hadFocus.current = true
      // At once where it can be, so that the next key finds it.
      if (!focusShown(id)) requestAnimationFrame(() => focusShown(id))
    },
    /** For the element round the rows. */
    follow: {
      onFocus: () => {
        hadFocus.current = true
      },
      onBlur: ({ target, relatedTarget }: FocusEvent) => {
        // Leaving for something else; a row that is being removed, or a window that is left, keeps its claim.
        if (relatedTarget !== null && target.isConnected) hadFocus.current = false
      },
    },
  }
}
