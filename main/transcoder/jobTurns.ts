/** Lets a few jobs run at a time; the others wait in order. */
export type JobTurns = {
  /** Resolves to the function that ends the turn, or to null when `stop` came first. */
  take(stop: AbortSignal): Promise<(() => void) | null>
}

export function createJobTurns(atOnce: number): JobTurns {
  let running = 0
  const waiting: (() => void)[] = []

  const begin = () => {
    running += 1
    let ended = false
    return () => {
      if (ended) return
      ended = true
      running -= 1
      waiting.shift()?.()
    }
  }

  return {
    take(stop) {
      if (stop.aborted) return Promise.resolve(null)
      if (running < atOnce) return Promise.resolve(begin())
      return new Promise((resolve) => {
        const start = () => {
          stop.removeEventListener('abort', leave)
          resolve(begin())
        }
        const leave = () => {
          waiting.splice(waiting.indexOf(start), 1)
          resolve(null)
        }
        waiting.push(start)
        stop.addEventListener('abort', leave, { once: true })
      })
    },
  }
}
