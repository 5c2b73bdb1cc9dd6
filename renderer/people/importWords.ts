import type { ImportReport } from '../../preload/contract/people'
import { type TextKey, t } from '../text/text'

const sentences: Record<keyof ImportReport, TextKey> = {
  added: 'contacts.addedCount',
  merged: 'contacts.mergedCount',
  unchanged: 'contacts.unchangedCount',
  suggested: 'contacts.suggestedCount',
  noAddress: 'contacts.noAddressCount',
  ourselves: 'contacts.ourselvesCount',
  blocked: 'contacts.blockedCount',
  conflicting: 'contacts.conflictingCount',
  unreadable: 'contacts.unreadableCount',
}
// The table is complete, and its keys are in the order in which they are told.
const kinds = Object.keys(sentences) as (keyof ImportReport)[]

/** What became of the file, in a sentence for each kind; what was added is said also when it is nothing. */
export function reportLines(report: ImportReport): string[] {
  const total = kinds.reduce((sum, kind) => sum + report[kind], 0)
  return kinds
    .filter((kind) => kind === 'added' || report[kind] > 0)
    .map((kind) => t(sentences[kind], { count: report[kind], total }))
}
