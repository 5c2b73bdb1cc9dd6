import { type RefObject, useLayoutEffect, useRef } from 'react'
import { findRow, type HistoryListRow } from './historyRows'

/** Keeps the row at the top of what is seen where it is when rows come or go above it. At the very top new ones show. */
export function useStillList(
  rows: readonly HistoryListRow[],
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
): void {
  const before = useRef<{ rows: readonly HistoryListRow[]; id: string; index: number } | null>(null)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const seen = before.current
    if (seen && seen.rows !== rows && element.scrollTop > 0) {
      const index = findRow(rows, seen.id)
      if (index !== -1 && index !== seen.index) element.scrollTop += (index - seen.index) * rowHeight
    }
    const remember = () => {
      const index = Math.floor(element.scrollTop / rowHeight)
      const row = rows[index]
      before.current = row ? { rows, id: row.id, index } : null
    }
    remember()
    element.addEventListener('scroll', remember, { passive: true })
    return () => element.removeEventListener('scroll', remember)
  }, [rows, scroller, rowHeight])
}
