/** Less than this is quickly said again; nobody is asked. Milliseconds. */
const WORTH_ASKING_MS = 20_000

/** Whether losing a recording of this length is worth a question. */
export const asksBeforeRetake = (lengthMs: number): boolean => lengthMs > WORTH_ASKING_MS
