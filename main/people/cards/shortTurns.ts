import { setImmediate as nextTurn } from 'node:timers/promises'

/** Longer than this nothing else of the process may wait, in milliseconds. */
const LONGEST_TURN = 10

/** For long work in pieces: `rest` lets everything else go first as soon as a turn has lasted long enough. */
export function shortTurns(): { rest(): Promise<void> } {
  let begun = performance.now()
  return {
    async rest() {
      if (performance.now() - begun < LONGEST_TURN) return
      await nextTurn()
      begun = performance.now()
    },
  }
}
