import { HistoryFilterChoice } from './HistoryFilterChoice'
import { HistorySearch } from './HistorySearch'
import './HistoryTop.css'

/** From the search field to the list: its row that the arrows have, else its first. */
function enterList(): void {
  document.querySelector<HTMLElement>('.history-list [data-row][tabindex="0"]')?.focus()
}

/** What the history shows: words to search for, and a filter. */
export function HistoryTop() {
  return (
    <div className="history-top">
      <HistorySearch onLeave={enterList} />
      <HistoryFilterChoice />
    </div>
  )
}
