/** The calls that were picked to be deleted together. `all`: everything that the list has, but for `callIds`. */
export type Marks = { all: boolean; callIds: string[] }

export const noMarks: Marks = { all: false, callIds: [] }
export const allMarks: Marks = { all: true, callIds: [] }

export const hasMarks = ({ all, callIds }: Marks): boolean => all || callIds.length > 0

/** Whether a call is marked, asked for many calls. */
export function markedBy({ all, callIds }: Marks): (callId: string) => boolean {
  const listed = new Set(callIds)
  return (callId) => listed.has(callId) !== all
}

/** Marks what was not, and the other way round; a line with several calls is marked as a whole. */
export function toggled(marks: Marks, callIds: string[]): Marks {
  const isMarked = markedBy(marks)
  const on = !callIds.every(isMarked)
  const touched = new Set(callIds)
  const others = marks.callIds.filter((callId) => !touched.has(callId))
  return { all: marks.all, callIds: on === marks.all ? others : [...others, ...callIds] }
}

/** What is left of the marks when calls are gone. */
export function without(marks: Marks, gone: ReadonlySet<string>): Marks {
  return { all: marks.all, callIds: marks.callIds.filter((callId) => !gone.has(callId)) }
}
